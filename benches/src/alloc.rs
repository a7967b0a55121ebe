//! The global allocator of the suite: one binary, several mallocs, and counters that do not lie.
//!
//! The allocator is chosen from the environment variable [`VARIABLE`] at the very first allocation
//! and never changes after that, so a child process of the same binary measures another malloc with
//! the same code. Counters are thread-local and off unless [`counting`] switched them on: shared
//! counters made malloc three times dearer on two threads, and would have flattered every pool.
//!
//! A call costs one load and a branch or two more than the malloc itself: both questions, which malloc
//! and whether to count, are answered by one byte. Asked apart, naive allocation looked 4 % dearer in
//! the request workload than it is.
//!
//! Rules: **(1)** the malloc in `STATE` is decided once, before the first block is handed out, so a
//! block always goes back to the malloc that it came from. **(2)** Nothing here allocates.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ops::Sub;
use std::sync::atomic::{AtomicU8, Ordering};

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
        let chosen = malloc_after(|| Counts::NONE);
        Malloc::ALL.iter().copied().find(|malloc| *malloc as u8 == chosen).unwrap_or(Malloc::Glibc)
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

    /// One call of `alloc`.
    const fn of_alloc(bytes: usize) -> Counts {
        Counts { allocations: 1, bytes: bytes as u64, ..Counts::NONE }
    }

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
    // Decides first: the bit alone would be taken for a decision.
    malloc_after(|| Counts::NONE);
    if on {
        STATE.fetch_or(COUNTING, Ordering::SeqCst);
    } else {
        STATE.fetch_and(!COUNTING, Ordering::SeqCst);
    }
}

/// The allocator itself, installed by this crate's root.
#[derive(Debug)]
pub struct Switched;

/// The chosen [`Malloc`] in the low bits, and whether something is to be done besides.
static STATE: AtomicU8 = AtomicU8::new(UNDECIDED);
/// No malloc was chosen yet.
const UNDECIDED: u8 = 0x80;
/// Calls are counted.
const COUNTING: u8 = 0x40;

thread_local! {
    static COUNTS: Cell<Counts> = const { Cell::new(Counts::NONE) };
}

/// Passes a call on to the chosen malloc, after counting it if that is on.
macro_rules! pass_on {
    ($counts:expr, |$malloc:ident| $call:expr) => {
        match malloc_after(|| $counts) {
            GLIBC => {
                let $malloc = System;
                // SAFETY: the caller's promises are those of the callee, and a block goes back to the
                // malloc that it came from (rule 1).
                unsafe { $call }
            }
            #[cfg(feature = "jemalloc")]
            JEMALLOC => {
                let $malloc = tikv_jemallocator::Jemalloc;
                // SAFETY: as above.
                unsafe { $call }
            }
            _ => {
                let $malloc = mimalloc::MiMalloc;
                // SAFETY: as above.
                unsafe { $call }
            }
        }
    };
}

const GLIBC: u8 = Malloc::Glibc as u8;
#[cfg(feature = "jemalloc")]
const JEMALLOC: u8 = Malloc::Jemalloc as u8;

// SAFETY: every method passes its arguments on to one allocator, always the same one (rule 1).
unsafe impl GlobalAlloc for Switched {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        pass_on!(Counts::of_alloc(layout.size()), |malloc| malloc.alloc(layout))
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        pass_on!(Counts::of_alloc(layout.size()), |malloc| malloc.alloc_zeroed(layout))
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        let counts = || Counts { freed_bytes: layout.size() as u64, ..Counts::of_alloc(new_size) };
        pass_on!(counts(), |malloc| malloc.realloc(block, layout, new_size))
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let counts = || Counts { frees: 1, freed_bytes: layout.size() as u64, ..Counts::NONE };
        pass_on!(counts(), |malloc| malloc.dealloc(block, layout));
    }
}

/// The chosen malloc. Where something else is to be done, that is done first.
#[inline(always)]
fn malloc_after(counts: impl FnOnce() -> Counts) -> u8 {
    // Relaxed: the byte alone says it all, and it is decided before a second thread exists.
    let state = STATE.load(Ordering::Relaxed);
    if state & (UNDECIDED | COUNTING) == 0 { state } else { special(state, counts()) }
}

#[cold]
#[inline(never)]
fn special(state: u8, counts: Counts) -> u8 {
    if state & UNDECIDED != 0 {
        return decide();
    }
    COUNTS.with(|cell| cell.set(cell.get().plus(counts)));
    state & !COUNTING
}

/// Reads the environment without allocating (rule 2). Runs before a second thread exists.
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
    STATE.store(malloc as u8, Ordering::Relaxed);
    malloc as u8
}

/// Held by every test that counts: the switch is one for all threads.
#[cfg(test)]
pub(crate) static COUNTING_TEST: std::sync::Mutex<()> = std::sync::Mutex::new(());

#[cfg(test)]
mod tests {
    use std::hint::black_box;
    use std::sync::{Barrier, PoisonError};

    use super::{COUNTING_TEST, Counts, Malloc, counting};

    #[test]
    fn calls_of_this_thread_while_it_is_on() {
        let _alone = COUNTING_TEST.lock().unwrap_or_else(PoisonError::into_inner);
        let barrier = Barrier::new(2);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                barrier.wait();
                drop(black_box(vec![1_u8; 1000]));
                barrier.wait();
            });
            let before = Counts::of_this_thread();
            drop(black_box(Box::new(1_u64)));
            counting(true);
            barrier.wait();
            let mut vec = black_box(Vec::<u8>::with_capacity(16));
            vec.reserve_exact(64);
            drop(black_box(vec));
            barrier.wait();
            counting(false);
            drop(black_box(Box::new(1_u64)));
            let counts = Counts::of_this_thread() - before;
            let expected = Counts { allocations: 2, bytes: 80, frees: 1, freed_bytes: 80 };
            assert_eq!(counts, expected);
            assert_eq!(counts.live_bytes(), 0);
        });
    }

    #[test]
    fn malloc_of_this_process() {
        let wanted = std::env::var(super::VARIABLE).unwrap_or_else(|_| "glibc".into());
        assert_eq!(Malloc::current().name(), wanted);
    }
}
