//! Locks: reset through exclusive access. They never block and never panic on poison.

use std::sync::{Mutex, PoisonError, RwLock, TryLockError};

use crate::Reset;

macro_rules! reset_lock {
    ($lock:ident, $try_lock:ident) => {
        /// Resets what is inside, then clears the poison that a panicking holder left. A lock whose
        /// guard was leaked would block the next request for ever, so it is not reusable.
        impl<T: ?Sized + Reset> Reset for $lock<T> {
            #[inline]
            fn reset(&mut self) {
                self.get_mut().unwrap_or_else(PoisonError::into_inner).reset();
                self.clear_poison();
            }

            #[inline]
            fn reusable(&self) -> bool {
                match self.$try_lock() {
                    Ok(inside) => inside.reusable(),
                    Err(TryLockError::Poisoned(poisoned)) => poisoned.get_ref().reusable(),
                    Err(TryLockError::WouldBlock) => false,
                }
            }

            #[inline]
            fn retained_bytes(&self) -> usize {
                match self.$try_lock() {
                    Ok(inside) => inside.retained_bytes(),
                    Err(TryLockError::Poisoned(poisoned)) => poisoned.get_ref().retained_bytes(),
                    Err(TryLockError::WouldBlock) => 0,
                }
            }
        }
    };
}

reset_lock! { Mutex, try_lock }
// `try_write`, not `try_read`: a leaked read guard must be noticed too.
reset_lock! { RwLock, try_write }
