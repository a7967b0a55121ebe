//! The global allocator of the suite: one binary, several mallocs, and counters that do not lie.
//!
//! The allocator is chosen from the environment variable [`VARIABLE`] at the very first allocation
//! and never changes after that, so a child process of the same binary measures another malloc with
//! the same code. Counters are thread-local and off unless [`counting`] switched them on: shared
//! counters made malloc three times dearer on two threads, and would have flattered every pool.
//!
//! Rules: **(1)** `MODE` leaves `UNDECIDED` once, before the first block is handed out, so a block
//! always goes back to the malloc that it came from. **(2)** Nothing here allocates.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ops::Sub;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

/// Environment variable that names the allocator of this process: `glibc`, `mimalloc` or `jemalloc`.
pub const VARIABLE: &str = "RATOON_ALLOCATOR";

/// A malloc that the naive side can be measured with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malloc {
    /// The system's own.
    Glibc,
    /// `mimalloc`.
    Mimalloc,
    /// `jemalloc`.
    #[cfg(feature = "jemalloc")]
    Jemalloc,
}

impl Malloc {
    /// Every malloc that was compiled in.
    pub const ALL: &[Malloc] = &[
        Malloc::Glibc,
        Malloc::Mimalloc,
        #[cfg(feature = "jemalloc")]
        Malloc::Jemalloc,
    ];

    /// The name that the environment variable and the reports use.
    pub const fn name(self) -> &'static str {
        match self {
            Malloc::Glibc => "glibc",
            Malloc::Mimalloc => "mimalloc",
            #[cfg(feature = "jemalloc")]
            Malloc::Jemalloc => "jemalloc",
        }
    }

    /// The malloc of this process.
    pub fn current() -> Malloc {
        Malloc::ALL.iter().copied().find(|malloc| *malloc as u8 == mode()).unwrap_or(Malloc::Glibc)
    }
}

/// Allocator calls of a thread, or of several threads summed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Counts {
    /// Calls of `alloc`, `alloc_zeroed` and `realloc`.
    pub allocations: u64,
    /// Bytes asked for by those calls.
    pub bytes: u64,
    /// Calls of `dealloc`.
    pub frees: u64,
    /// Bytes given back, by `dealloc` or replaced by `realloc`.
    pub freed_bytes: u64,
}

impl Counts {
    /// No calls.
    pub const NONE: Counts = Counts { allocations: 0, bytes: 0, frees: 0, freed_bytes: 0 };

    /// The counters of the calling thread; they stand still unless [`counting`] is on.
    pub fn of_this_thread() -> Counts {
        COUNTS.with(Cell::get)
    }

    /// Bytes asked for and not given back; 0 where more was given back than asked for.
    pub fn live_bytes(self) -> u64 {
        self.bytes.saturating_sub(self.freed_bytes)
    }

    /// Sum of the counters of two threads.
    #[must_use]
    pub fn plus(self, other: Counts) -> Counts {
        Counts {
            allocations: self.allocations + other.allocations,
            bytes: self.bytes + other.bytes,
            frees: self.frees + other.frees,
            freed_bytes: self.freed_bytes + other.freed_bytes,
        }
    }
}

impl Sub for Counts {
    type Output = Counts;

    fn sub(self, earlier: Counts) -> Counts {
        Counts {
            allocations: self.allocations - earlier.allocations,
            bytes: self.bytes - earlier.bytes,
            frees: self.frees - earlier.frees,
            freed_bytes: self.freed_bytes - earlier.freed_bytes,
        }
    }
}

/// Switches the counters of all threads on or off; off is how everything is timed.
pub fn counting(on: bool) {
    COUNTING.store(on, Ordering::SeqCst);
}

/// The allocator itself, installed by this crate's root.
#[derive(Debug)]
pub struct Switched;

const UNDECIDED: u8 = u8::MAX;

static MODE: AtomicU8 = AtomicU8::new(UNDECIDED);
static COUNTING: AtomicBool = AtomicBool::new(false);

thread_local! {
    static COUNTS: Cell<Counts> = const { Cell::new(Counts::NONE) };
}

// SAFETY: every method passes its arguments on to one allocator, always the same one (rule 1).
unsafe impl GlobalAlloc for Switched {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        note_alloc(layout.size());
        // SAFETY: the caller's promises about `layout` are those of the callee.
        unsafe { chosen().alloc(layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        note_alloc(layout.size());
        // SAFETY: as for `alloc`.
        unsafe { chosen().alloc_zeroed(layout) }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        note_alloc(new_size);
        note_replaced(layout.size());
        // SAFETY: `block` came from the same allocator (rule 1), the rest is the caller's promise.
        unsafe { chosen().realloc(block, layout, new_size) }
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        note_free(layout.size());
        // SAFETY: `block` came from the same allocator (rule 1), the rest is the caller's promise.
        unsafe { chosen().dealloc(block, layout) }
    }
}

#[inline]
fn note_alloc(bytes: usize) {
    if COUNTING.load(Ordering::Relaxed) {
        note(Counts { allocations: 1, bytes: bytes as u64, ..Counts::NONE });
    }
}

#[inline]
fn note_free(bytes: usize) {
    if COUNTING.load(Ordering::Relaxed) {
        note(Counts { frees: 1, freed_bytes: bytes as u64, ..Counts::NONE });
    }
}

#[inline]
fn note_replaced(bytes: usize) {
    if COUNTING.load(Ordering::Relaxed) {
        note(Counts { freed_bytes: bytes as u64, ..Counts::NONE });
    }
}

#[cold]
fn note(counts: Counts) {
    COUNTS.with(|cell| cell.set(cell.get().plus(counts)));
}

#[inline]
fn mode() -> u8 {
    let mode = MODE.load(Ordering::Relaxed);
    if mode == UNDECIDED { decide() } else { mode }
}

/// Reads the environment without allocating (rule 2). Runs before a second thread exists.
#[cold]
fn decide() -> u8 {
    // SAFETY: the name is a NUL-terminated string, and no thread changes the environment here.
    let value = unsafe { libc::getenv(c"RATOON_ALLOCATOR".as_ptr()) };
    let mut malloc = Malloc::Glibc;
    if !value.is_null() {
        // SAFETY: getenv returned a NUL-terminated string that lives in the environment.
        let wanted = unsafe { std::ffi::CStr::from_ptr(value) };
        for known in Malloc::ALL {
            if wanted.to_bytes() == known.name().as_bytes() {
                malloc = *known;
            }
        }
    }
    MODE.store(malloc as u8, Ordering::Relaxed);
    malloc as u8
}

/// One allocator behind a branch that is always taken the same way.
enum Chosen {
    Glibc(System),
    Mimalloc(mimalloc::MiMalloc),
    #[cfg(feature = "jemalloc")]
    Jemalloc(tikv_jemallocator::Jemalloc),
}

#[inline]
fn chosen() -> Chosen {
    match mode() {
        mode if mode == Malloc::Mimalloc as u8 => Chosen::Mimalloc(mimalloc::MiMalloc),
        #[cfg(feature = "jemalloc")]
        mode if mode == Malloc::Jemalloc as u8 => Chosen::Jemalloc(tikv_jemallocator::Jemalloc),
        _ => Chosen::Glibc(System),
    }
}

impl Chosen {
    #[inline]
    unsafe fn alloc(self, layout: Layout) -> *mut u8 {
        match self {
            // SAFETY: the caller passes on what `GlobalAlloc::alloc` demands.
            Chosen::Glibc(malloc) => unsafe { malloc.alloc(layout) },
            // SAFETY: as above.
            Chosen::Mimalloc(malloc) => unsafe { malloc.alloc(layout) },
            #[cfg(feature = "jemalloc")]
            // SAFETY: as above.
            Chosen::Jemalloc(malloc) => unsafe { malloc.alloc(layout) },
        }
    }

    #[inline]
    unsafe fn alloc_zeroed(self, layout: Layout) -> *mut u8 {
        match self {
            // SAFETY: the caller passes on what `GlobalAlloc::alloc_zeroed` demands.
            Chosen::Glibc(malloc) => unsafe { malloc.alloc_zeroed(layout) },
            // SAFETY: as above.
            Chosen::Mimalloc(malloc) => unsafe { malloc.alloc_zeroed(layout) },
            #[cfg(feature = "jemalloc")]
            // SAFETY: as above.
            Chosen::Jemalloc(malloc) => unsafe { malloc.alloc_zeroed(layout) },
        }
    }

    #[inline]
    unsafe fn realloc(self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        match self {
            // SAFETY: the caller passes on what `GlobalAlloc::realloc` demands.
            Chosen::Glibc(malloc) => unsafe { malloc.realloc(block, layout, new_size) },
            // SAFETY: as above.
            Chosen::Mimalloc(malloc) => unsafe { malloc.realloc(block, layout, new_size) },
            #[cfg(feature = "jemalloc")]
            // SAFETY: as above.
            Chosen::Jemalloc(malloc) => unsafe { malloc.realloc(block, layout, new_size) },
        }
    }

    #[inline]
    unsafe fn dealloc(self, block: *mut u8, layout: Layout) {
        match self {
            // SAFETY: the caller passes on what `GlobalAlloc::dealloc` demands.
            Chosen::Glibc(malloc) => unsafe { malloc.dealloc(block, layout) },
            // SAFETY: as above.
            Chosen::Mimalloc(malloc) => unsafe { malloc.dealloc(block, layout) },
            #[cfg(feature = "jemalloc")]
            // SAFETY: as above.
            Chosen::Jemalloc(malloc) => unsafe { malloc.dealloc(block, layout) },
        }
    }
}
