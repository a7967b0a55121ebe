//! The pool's workloads in a shared library that is loaded at run time. Thread-locals are dearer to
//! find there: each access calls the loader's `__tls_get_addr`, where a program has a register and a
//! constant. The bench `pool_pic` measures what that costs the pools.

use ratoon_benches::harness::{self, Subject};
use ratoon_benches::workloads::pool;

/// Subjects that were verified.
#[derive(Debug)]
pub struct Session(Vec<Subject>);

/// Makes and verifies the subjects of the pool's `workload`th workload.
///
/// # Panics
/// If there is no such workload, or its subjects compute different results; that ends the process.
#[unsafe(no_mangle)]
pub extern "C" fn ratoon_pic_open(workload: usize) -> *mut Session {
    let workload = &pool::SECTION.workloads[workload];
    match harness::verified(workload, 2, |_| true) {
        Ok(subjects) => Box::into_raw(Box::new(Session(subjects))),
        Err(error) => panic!("{error}"),
    }
}

/// Runs a subject and returns the nanoseconds that it took.
///
/// # Safety
/// `session` came from [`ratoon_pic_open`], was not closed, and nobody else uses it meanwhile.
///
/// # Panics
/// If there is no such subject; that ends the process.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ratoon_pic_run(
    session: *mut Session,
    subject: usize,
    iterations: u64,
) -> u64 {
    // SAFETY: the caller's promise.
    let session = unsafe { &mut *session };
    session.0[subject].run(iterations).elapsed.as_nanos() as u64
}

/// Ends a session.
///
/// # Safety
/// `session` came from [`ratoon_pic_open`] and was not closed; it is not used after this.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ratoon_pic_close(session: *mut Session) {
    // SAFETY: the caller's promise.
    drop(unsafe { Box::from_raw(session) });
}
