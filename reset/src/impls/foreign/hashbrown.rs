//! `hashbrown` 0.17: the version that `indexmap` 2 is built on, so that a build has one of it.

use core::hash::{BuildHasher, Hash};

use hashbrown::{HashMap, HashSet, HashTable};

use crate::impls::table_bytes;
use crate::{Capacity, Reset};

macro_rules! clear_and_keep {
    ($([$($generics:ident)*] $table:ty, $entry:ty;)*) => {$(
        /// Cleared; table and hasher are kept.
        impl<$($generics),*> Reset for $table {
            #[inline]
            fn reset(&mut self) {
                self.clear();
            }

            #[inline]
            fn retained_bytes(&self) -> usize {
                table_bytes::<$entry>(self.capacity())
            }
        }
    )*};
}

clear_and_keep! {
    [K V S] HashMap<K, V, S>, (K, V);
    [T S] HashSet<T, S>, T;
    [T] HashTable<T>, T;
}

// Errors list the same types whichever features are on.
#[diagnostic::do_not_recommend]
impl<K: Eq + Hash, V, S: BuildHasher> Capacity for HashMap<K, V, S> {
    #[inline]
    fn capacity(&self) -> usize {
        HashMap::capacity(self)
    }

    #[inline]
    fn shrink_to(&mut self, max: usize) {
        HashMap::shrink_to(self, max);
    }
}

#[diagnostic::do_not_recommend]
impl<T: Eq + Hash, S: BuildHasher> Capacity for HashSet<T, S> {
    #[inline]
    fn capacity(&self) -> usize {
        HashSet::capacity(self)
    }

    #[inline]
    fn shrink_to(&mut self, max: usize) {
        HashSet::shrink_to(self, max);
    }
}
