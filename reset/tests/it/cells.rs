//! Cells and atomics.

use core::cell::{Cell, OnceCell, RefCell};
use core::sync::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicPtr, AtomicU8,
    AtomicU16, AtomicU32, AtomicU64, AtomicUsize,
};
use std::sync::OnceLock;

use ratoon_reset::Reset;

use crate::{Opaque, Probe, after_reset};

#[test]
fn a_cell_needs_neither_copy_nor_default() {
    struct Id(u64);
    impl Reset for Id {
        fn reset(&mut self) {
            self.0 = 1;
        }
    }
    assert_eq!(after_reset(Cell::new(Id(9))).into_inner().0, 1);
}

#[test]
fn a_cell_keeps_the_capacity_inside() {
    let text = after_reset(Cell::new(String::from("long enough to be kept"))).into_inner();
    assert_eq!(text, "");
    assert!(text.capacity() >= 22);
}

#[test]
fn a_cell_cannot_be_looked_into() {
    assert!(Cell::new(Probe::SPOILT).reusable());
    assert_eq!(Cell::new(Probe::holding(5)).retained_bytes(), 0);
}

#[test]
fn a_ref_cell_asks_what_is_inside() {
    assert_eq!(*after_reset(RefCell::new(7)).borrow(), 0);
    assert!(!RefCell::new(Probe::SPOILT).reusable());
    assert!(RefCell::new(Probe::default()).reusable());
    assert_eq!(RefCell::new(Probe::holding(5)).retained_bytes(), 5);
}

#[test]
fn a_leaked_borrow_neither_stops_reset_nor_reaches_the_next_request() {
    let mut cell = RefCell::new(String::from("secret"));
    core::mem::forget(cell.borrow_mut());
    cell.reset();
    assert_eq!(cell.get_mut(), "");
    assert!(cell.try_borrow().is_err(), "the leak outlives the reset,");
    assert!(!cell.reusable(), "so the cell is discarded");
    assert_eq!(cell.retained_bytes(), 0);

    let mut cell = RefCell::new(7);
    core::mem::forget(cell.borrow());
    cell.reset();
    assert!(cell.try_borrow_mut().is_err());
    assert!(!cell.reusable());
}

#[test]
fn once_cells_become_empty_and_can_be_set_again() {
    let cell = after_reset(OnceCell::from(7));
    assert_eq!(cell.get(), None);
    assert_eq!(cell.get_or_init(|| 8), &8);
    let lock = after_reset(OnceLock::from(7));
    assert_eq!(lock.get(), None);
    assert_eq!(lock.get_or_init(|| 8), &8);
    after_reset(OnceCell::from(Opaque));
    after_reset(OnceLock::from(Opaque));
}

#[test]
fn atomics_become_zero() {
    macro_rules! check {
        ($($atomic:ident)*) => {$(
            assert_eq!(after_reset($atomic::new(7)).into_inner(), 0);
        )*};
    }
    check! { AtomicU8 AtomicU16 AtomicU32 AtomicU64 AtomicUsize }
    check! { AtomicI8 AtomicI16 AtomicI32 AtomicI64 AtomicIsize }
    assert!(!after_reset(AtomicBool::new(true)).into_inner());
}

#[test]
fn an_atomic_pointer_becomes_null_and_frees_nothing() {
    let mut pointee = Opaque;
    assert!(after_reset(AtomicPtr::new(&mut pointee)).into_inner().is_null());
}
