//! Collections of `alloc`: cleared. Those that own one block of memory keep it.

use alloc::collections::{BTreeMap, BTreeSet, BinaryHeap, LinkedList, VecDeque};
use alloc::string::String;
use alloc::vec::Vec;

use crate::Reset;

/// Cleared, capacity kept.
impl Reset for String {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        self.capacity()
    }
}

macro_rules! clear_and_keep {
    ($($collection:ident)*) => {$(
        /// Cleared, capacity kept; the elements are dropped, and what they owned is freed.
        impl<T> Reset for $collection<T> {
            #[inline]
            fn reset(&mut self) {
                self.clear();
            }

            #[inline]
            fn retained_bytes(&self) -> usize {
                // Zero-sized elements have an endless capacity and hold no memory.
                self.capacity().saturating_mul(size_of::<T>())
            }
        }
    )*};
}

clear_and_keep! { Vec VecDeque BinaryHeap }

macro_rules! clear_and_free {
    ($($collection:ident<$($parameter:ident),+>)*) => {$(
        /// Cleared; its nodes are freed, nothing is kept.
        impl<$($parameter),+> Reset for $collection<$($parameter),+> {
            #[inline]
            fn reset(&mut self) {
                self.clear();
            }
        }
    )*};
}

clear_and_free! { BTreeMap<K, V> BTreeSet<T> LinkedList<T> }
