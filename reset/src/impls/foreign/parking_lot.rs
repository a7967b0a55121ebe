//! `parking_lot`: reset through exclusive access, which never blocks.
//!
//! `ReentrantMutex` has no impl: its `try_lock` succeeds on the thread that forgot the guard.

use parking_lot::{Mutex, RwLock};

use crate::Reset;

macro_rules! reset_lock {
    ($lock:ident, $try_lock:ident) => {
        /// Resets what is inside. A lock whose guard was leaked would block the next request
        /// forever, so it is not reusable.
        impl<T: ?Sized + Reset> Reset for $lock<T> {
            #[inline]
            fn reset(&mut self) {
                self.get_mut().reset();
            }

            #[inline]
            fn reusable(&self) -> bool {
                self.$try_lock().is_some_and(|inside| inside.reusable())
            }

            #[inline]
            fn retained_bytes(&self) -> usize {
                self.$try_lock().map_or(0, |inside| inside.retained_bytes())
            }
        }
    };
}

reset_lock! { Mutex, try_lock }
// `try_write`, not `try_read`: a leaked read guard must be noticed too.
reset_lock! { RwLock, try_write }
