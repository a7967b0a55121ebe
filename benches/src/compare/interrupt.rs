//! Ctrl-C: the first one ends the measuring, and what was measured so far is shown; the second one ends the
//! program.

use std::sync::atomic::{AtomicBool, Ordering};

static REQUESTED: AtomicBool = AtomicBool::new(false);

/// The exit status of a program that Ctrl-C ended.
pub(super) const STATUS: u8 = 130;

/// From now on the first Ctrl-C is only noted. Where the system refuses, it ends the program as before.
pub(super) fn watch() {
    let handler = note as extern "C" fn(libc::c_int);
    // SAFETY: the handler does only what a signal handler may: it writes an atomic and calls `signal`.
    unsafe { libc::signal(libc::SIGINT, handler as *const () as libc::sighandler_t) };
}

extern "C" fn note(_signal: libc::c_int) {
    REQUESTED.store(true, Ordering::Relaxed);
    // SAFETY: no pointers, no preconditions; allowed in a signal handler.
    unsafe { libc::signal(libc::SIGINT, libc::SIG_DFL) };
}

/// Whether somebody pressed Ctrl-C.
pub(super) fn requested() -> bool {
    REQUESTED.load(Ordering::Relaxed)
}
