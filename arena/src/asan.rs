//! Tells AddressSanitizer which bytes of a chunk are in use.
//!
//! To the sanitizer a chunk is one allocation: without help it sees no fault when a block is read
//! after the arena was reset, or past its end. Under `--cfg ratoon_asan` (with
//! `-Zsanitizer=address`) free bytes are poisoned by hand; otherwise these functions are empty.

use core::ptr::NonNull;

#[cfg(ratoon_asan)]
unsafe extern "C" {
    fn __asan_poison_memory_region(start: *const core::ffi::c_void, size: usize);
    fn __asan_unpoison_memory_region(start: *const core::ffi::c_void, size: usize);
}

/// Marks `size` bytes as free.
#[inline(always)]
pub(crate) fn poison(start: NonNull<u8>, size: usize) {
    #[cfg(ratoon_asan)]
    // SAFETY: touches the sanitizer's shadow of these addresses only, which lie in a chunk.
    unsafe {
        __asan_poison_memory_region(start.as_ptr().cast(), size)
    }
    #[cfg(not(ratoon_asan))]
    let _ = (start, size);
}

/// Marks `size` bytes as in use.
#[inline(always)]
pub(crate) fn unpoison(start: NonNull<u8>, size: usize) {
    #[cfg(ratoon_asan)]
    // SAFETY: touches the sanitizer's shadow of these addresses only, which lie in a chunk.
    unsafe {
        __asan_unpoison_memory_region(start.as_ptr().cast(), size)
    }
    #[cfg(not(ratoon_asan))]
    let _ = (start, size);
}
