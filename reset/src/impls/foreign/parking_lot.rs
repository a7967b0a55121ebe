//! `parking_lot`: reset through exclusive access, which never blocks.
//!
//! `ReentrantMutex` has no impl: its `try_lock` succeeds on the thread that forgot the guard.

use parking_lot::{Mutex, RwLock};

use crate::Reset;

reset_lock! { Mutex, |lock| lock.try_lock() }
// `try_write`, not `try_read`: a leaked read guard must be noticed too.
reset_lock! { RwLock, |lock| lock.try_write() }
