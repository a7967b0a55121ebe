//! What goes wrong when an arena has no room.

use core::alloc::Layout;
use core::error::Error;
use core::fmt;

/// Why an arena could not allocate.
///
/// ```
/// use ratoon_arena::{AllocError, Arena};
///
/// let arena = Arena::builder().limit(16).build();
/// assert!(arena.try_alloc_str("sixteen bytes ok").is_ok());
/// let error = arena.try_alloc_str("!").unwrap_err();
/// assert_eq!(error, AllocError::Limit { requested: 1, used: 16, limit: 16 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AllocError {
    /// The arena's own limit on used bytes.
    Limit {
        /// Bytes that were asked for.
        requested: usize,
        /// Bytes in use when they were asked for.
        used: usize,
        /// Bytes that may be in use.
        limit: usize,
    },
    /// The global allocator returned null.
    Memory {
        /// What was asked of the global allocator: a chunk, which holds more than the one value.
        layout: Layout,
    },
    /// The size does not fit an `isize`.
    Overflow,
    /// A `Display` or `Debug` implementation returned an error while its text was being written.
    Format,
}

impl AllocError {
    /// Ends an allocation that has no way to return an error: as `Vec` does, that is through
    /// [`handle_alloc_error`](std::alloc::handle_alloc_error) when memory ran out, and with a panic
    /// otherwise.
    #[cold]
    #[inline(never)]
    #[track_caller]
    pub(crate) fn raise(self) -> ! {
        match self {
            Self::Memory { layout } => std::alloc::handle_alloc_error(layout),
            other => panic!("arena allocation failed: {other}"),
        }
    }
}

impl fmt::Display for AllocError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Limit { requested, used, limit } => write!(
                f,
                "{requested} bytes exceed the arena's limit: {used} of {limit} bytes are in use"
            ),
            Self::Memory { layout } => write!(
                f,
                "out of memory: the global allocator refused {} bytes aligned to {}",
                layout.size(),
                layout.align()
            ),
            Self::Overflow => f.write_str("the size exceeds isize::MAX bytes"),
            Self::Format => f.write_str("a formatting trait implementation returned an error"),
        }
    }
}

impl Error for AllocError {}

/// A value for which the arena had no room, handed back together with the reason.
///
/// ```
/// use ratoon_arena::Arena;
///
/// let arena = Arena::builder().limit(4).build();
/// let rejected = arena.try_alloc(7_u64).unwrap_err();
/// assert_eq!(rejected.value, 7);
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Rejected<T> {
    /// The value, untouched.
    pub value: T,
    /// Why it was not taken.
    pub error: AllocError,
}

impl<T> fmt::Debug for Rejected<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rejected").field("error", &self.error).finish_non_exhaustive()
    }
}

impl<T> fmt::Display for Rejected<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<T> Error for Rejected<T> {}

impl<T> From<Rejected<T>> for AllocError {
    fn from(rejected: Rejected<T>) -> Self {
        rejected.error
    }
}
