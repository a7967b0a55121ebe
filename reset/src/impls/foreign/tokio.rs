//! `tokio::sync`: reset through exclusive access, which never waits.

use tokio::sync::{Mutex, OnceCell, RwLock};

use crate::Reset;

reset_lock! { Mutex, |lock| lock.try_lock().ok() }
// `try_write`, not `try_read`: a leaked read guard must be noticed too.
reset_lock! { RwLock, |lock| lock.try_write().ok() }

/// Becomes empty: the next request initialises it anew. The cell is a new one, so that an
/// initialisation whose future was leaked does not block it.
impl<T> Reset for OnceCell<T> {
    #[inline]
    fn reset(&mut self) {
        *self = Self::new();
    }
}
