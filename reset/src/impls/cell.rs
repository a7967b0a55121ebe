//! Cells: reset through exclusive access, so a borrow that was leaked is no obstacle.

use core::cell::{Cell, RefCell};

use crate::Reset;

/// Resets what is inside. What a `Cell` holds cannot be looked at, so `reusable` is `true` and
/// `retained_bytes` is 0 whatever the value inside would say.
impl<T: ?Sized + Reset> Reset for Cell<T> {
    #[inline]
    fn reset(&mut self) {
        self.get_mut().reset();
    }
}

/// Resets what is inside. A cell with a leaked borrow (`mem::forget` of a `Ref` or `RefMut`) is
/// reset too, but it would refuse the next request's borrow, so it is not reusable.
impl<T: ?Sized + Reset> Reset for RefCell<T> {
    #[inline]
    fn reset(&mut self) {
        self.get_mut().reset();
    }

    #[inline]
    fn reusable(&self) -> bool {
        self.try_borrow_mut().is_ok_and(|inside| inside.reusable())
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        self.try_borrow().map_or(0, |inside| inside.retained_bytes())
    }
}
