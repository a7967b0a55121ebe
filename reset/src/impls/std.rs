//! Types of `std`.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::io::Cursor;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError, RwLock, TryLockError};

use super::table_bytes;
use crate::Reset;

/// Cleared, capacity kept.
impl Reset for OsString {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        self.capacity()
    }
}

/// Cleared, capacity kept.
impl Reset for PathBuf {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        self.capacity()
    }
}

/// Cleared; the table and the hasher are kept, the seed of a random one too. Nothing is asked of
/// key, value or hasher. `retained_bytes` is computed from the capacity: the table has a power of
/// two of buckets, at most 7/8 of them in use, each with one control byte.
impl<K, V, S> Reset for HashMap<K, V, S> {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        table_bytes::<(K, V)>(self.capacity())
    }
}

/// Cleared, as a [`HashMap`] is.
impl<T, S> Reset for HashSet<T, S> {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        table_bytes::<T>(self.capacity())
    }
}

/// Becomes empty: the next request initialises it anew.
impl<T> Reset for OnceLock<T> {
    #[inline]
    fn reset(&mut self) {
        self.take();
    }
}

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

/// Position 0, and what is inside is reset.
impl<T: Reset> Reset for Cursor<T> {
    #[inline]
    fn reset(&mut self) {
        self.set_position(0);
        self.get_mut().reset();
    }

    #[inline]
    fn reusable(&self) -> bool {
        self.get_ref().reusable()
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        self.get_ref().retained_bytes()
    }
}
