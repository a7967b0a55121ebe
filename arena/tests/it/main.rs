//! Integration tests of `ratoon-arena`.

mod auto_traits;
mod basics;
mod collections;
mod deferred;
mod frame;
mod futures;
mod growing;
mod layouts;
mod limits;
#[cfg(feature = "allocator-api2-02")]
mod oracle;
mod pooled;
mod reentrancy;
mod retention;
mod scopes;
mod sync_arena;
mod ui;

/// What AddressSanitizer asks of the program that it watches: so no command needs to say it.
#[cfg(ratoon_asan)]
mod sanitizer {
    use std::ffi::{CStr, c_char};

    /// Memory that cannot be had is what some tests are about.
    const OPTIONS: &CStr = c"allocator_may_return_null=1";
    /// Tests that leak on purpose.
    const SUPPRESSIONS: &CStr = c"leak:forgotten\nleak:leaked\nleak:scope_moved_into_a_task\n";

    #[unsafe(no_mangle)]
    extern "C" fn __asan_default_options() -> *const c_char {
        OPTIONS.as_ptr()
    }

    #[unsafe(no_mangle)]
    extern "C" fn __lsan_default_suppressions() -> *const c_char {
        SUPPRESSIONS.as_ptr()
    }
}
