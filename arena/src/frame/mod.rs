//! Frames: messages that are built in one piece.

mod slot;
mod write;

use core::fmt;
use core::marker::PhantomData;

use crate::error::AllocError;
use crate::raw_vec::{RawVec, RawVecGuard};
use crate::region::Region;
use crate::scope::{Child, Scope};

pub use self::slot::Slot;

/// Bytes in the making: header, payload and checksum of a message, one behind the other in a single
/// block.
///
/// [`Scope::frame`] reserves the bytes, [`slot`](Self::slot) leaves a gap for what is not known yet
/// (most often a length), [`fill`](Self::fill) closes it, and [`finish`](Self::finish) hands the
/// message out for as long as the scope's memory lives. What was reserved and not needed is given
/// back.
///
/// * A frame that outgrows its reservation grows in place while its chunk has room; then it moves to a
///   larger chunk. Slots are positions, so they can still be filled.
/// * A slot that is never filled holds zeros. Bytes of an earlier message cannot be read through a
///   frame.
/// * A frame that is dropped unfinished gives its memory back; one that is forgotten leaves it unused
///   until the reset.
/// * While a frame is open, until it is finished or dropped, its scope can do nothing else:
///
///   ```compile_fail,E0502
///   let mut arena = ratoon_arena::Arena::new();
///   let mut scope = arena.scope();
///   let _frame = scope.frame(64);
///   scope.alloc(7);
///   ```
///
/// Besides its own methods a frame has those of [`io::Write`](std::io::Write), [`fmt::Write`] and,
/// with the feature `bytes`, `bytes::BufMut`.
///
/// ```
/// use ratoon_arena::Arena;
///
/// let mut arena = Arena::new();
/// let mut scope = arena.scope();
///
/// let mut frame = scope.frame(64);
/// let length = frame.slot(); // four bytes, says the `fill` below
/// frame.put_slice(b"hello");
/// frame.fill(length, 5_u32.to_be_bytes());
/// let sum: u32 = frame.as_slice().iter().map(|&byte| u32::from(byte)).sum();
/// frame.put_u32(sum);
///
/// assert_eq!(frame.finish(), b"\0\0\0\x05hello\0\0\x02\x19");
/// assert_eq!(arena.used(), 4 + 5 + 4);
/// ```
pub struct Frame<'f, 'a> {
    bytes: RawVecGuard<'a, u8, Region>,
    /// Keeps the scope to itself, and with it the arena.
    _scope: Hold<'f, 'a>,
}

/// A borrow that lasts until it is dropped, as one without a `Drop` of its own does not.
struct Hold<'f, 'a>(PhantomData<&'f mut Scope<'a>>);

impl Drop for Hold<'_, '_> {
    fn drop(&mut self) {}
}

// SAFETY: a frame is a `&mut Scope`, which is `Send`, and a block that nobody else knows. Its shared
// reference to the arena's region is the only one in use, because the scope is borrowed mutably.
unsafe impl Send for Frame<'_, '_> {}

impl<'a> Scope<'a> {
    /// Begins a [`Frame`] with room for `capacity` bytes.
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc`](crate::Arena::alloc).
    #[inline]
    #[track_caller]
    pub fn frame(&mut self, capacity: usize) -> Frame<'_, 'a> {
        let bytes = RawVecGuard::new(RawVec::with_capacity(&self.arena.region, capacity));
        Frame { bytes, _scope: Hold(PhantomData) }
    }

    /// Begins a [`Frame`] with room for `capacity` bytes.
    ///
    /// # Errors
    ///
    /// If there is no room.
    #[inline]
    pub fn try_frame(&mut self, capacity: usize) -> Result<Frame<'_, 'a>, AllocError> {
        let bytes = RawVecGuard::new(RawVec::try_with_capacity(&self.arena.region, capacity)?);
        Ok(Frame { bytes, _scope: Hold(PhantomData) })
    }
}

impl<'c> Child<'c, '_> {
    /// Begins a [`Frame`]; see [`Scope::frame`].
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc`](crate::Arena::alloc).
    #[inline]
    #[track_caller]
    pub fn frame(&mut self, capacity: usize) -> Frame<'_, 'c> {
        self.scope.frame(capacity)
    }

    /// Begins a [`Frame`]; see [`Scope::frame`].
    ///
    /// # Errors
    ///
    /// If there is no room.
    #[inline]
    pub fn try_frame(&mut self, capacity: usize) -> Result<Frame<'_, 'c>, AllocError> {
        self.scope.try_frame(capacity)
    }
}

impl<'f, 'a> Frame<'f, 'a> {
    /// Appends `bytes`.
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc`](crate::Arena::alloc).
    #[inline]
    #[track_caller]
    pub fn put_slice(&mut self, bytes: &[u8]) {
        self.bytes.append(bytes);
    }

    /// Appends `bytes`.
    ///
    /// # Errors
    ///
    /// If there is no room; then the frame is as it was.
    #[inline]
    pub fn try_put_slice(&mut self, bytes: &[u8]) -> Result<(), AllocError> {
        self.bytes.try_append(bytes)
    }

    /// Appends `N` zeros, to be replaced by [`fill`](Self::fill).
    ///
    /// `N` follows from the bytes that the slot is filled with: `fill(slot, len.to_be_bytes())`.
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc`](crate::Arena::alloc).
    #[inline]
    #[track_caller]
    pub fn slot<const N: usize>(&mut self) -> Slot<'f, N> {
        let slot = Slot::new(self.len());
        self.put_slice(&[0; N]);
        slot
    }

    /// Appends `N` zeros, to be replaced by [`fill`](Self::fill).
    ///
    /// # Errors
    ///
    /// If there is no room; then the frame is as it was.
    #[inline]
    pub fn try_slot<const N: usize>(&mut self) -> Result<Slot<'f, N>, AllocError> {
        let slot = Slot::new(self.len());
        self.try_put_slice(&[0; N])?;
        Ok(slot)
    }

    /// Replaces the zeros of `slot`.
    ///
    /// # Panics
    ///
    /// If the slot lies beyond the end, as one of another arena's frame may. A slot of an earlier
    /// frame of the same scope does not build.
    #[inline]
    #[track_caller]
    pub fn fill<const N: usize>(&mut self, slot: Slot<'f, N>, bytes: [u8; N]) {
        let len = self.len();
        let gap = self.bytes.as_mut_slice().get_mut(slot.range());
        let Some(gap) = gap else {
            panic!(
                "the slot is another frame's: it ends at {}, the frame at {len}",
                slot.range().end
            );
        };
        gap.copy_from_slice(&bytes);
    }

    /// Makes room for `additional` bytes.
    ///
    /// # Errors
    ///
    /// If there is no room.
    #[inline]
    pub fn try_reserve(&mut self, additional: usize) -> Result<(), AllocError> {
        self.bytes.try_reserve(additional)
    }

    /// Ends the frame; what was reserved for more is released.
    #[inline]
    #[must_use = "unused frame: use the slice that `finish` returns"]
    pub fn finish(self) -> &'a mut [u8] {
        self.bytes.finish()
    }

    /// What has been appended, with zeros where slots have not been filled: to compute a checksum.
    #[inline]
    #[must_use]
    pub fn as_slice(&self) -> &[u8] {
        self.bytes.as_slice()
    }

    /// Bytes appended, slots included.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether nothing has been appended yet.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes that fit without asking the arena for more.
    #[inline]
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.bytes.capacity()
    }
}

impl fmt::Debug for Frame<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Frame")
            .field("len", &self.len())
            .field("capacity", &self.capacity())
            .finish_non_exhaustive()
    }
}
