//! `Reset` behind a pointer whose type is not known.

use std::cell::RefCell;
use std::sync::Mutex;

use ratoon_reset::{Reset, check::assert_reset_with};

use crate::Probe;

static_assertions::assert_obj_safe!(Reset);

#[test]
fn a_box_of_dyn_reset_resets_what_is_behind() {
    let mut text = String::from("dirty");
    let mut parts: Vec<Box<dyn Reset>> = vec![Box::new(7_u32), Box::new(String::from("x"))];
    parts.iter_mut().for_each(|part| part.reset());
    let behind: &mut dyn Reset = &mut text;
    behind.reset();
    assert_eq!(text, "");
}

#[test]
fn a_box_of_dyn_reset_asks_what_is_behind() {
    let spoilt: Box<dyn Reset + Send + Sync> = Box::new(Probe { bytes: 5, ..Probe::SPOILT });
    assert!(!spoilt.reusable());
    assert_eq!(spoilt.retained_bytes(), size_of::<Probe>() + 5);
}

#[test]
fn unsized_values_reset_in_cells_and_locks() {
    let mut cell: Box<RefCell<dyn Reset>> = Box::new(RefCell::new(Probe::SPOILT));
    cell.reset();
    assert!(!cell.reusable());
    let mut lock: Box<Mutex<[u32]>> = Box::new(Mutex::new([1, 2]));
    lock.reset();
    assert_eq!(*lock.lock().unwrap(), [0, 0]);
}

#[test]
fn the_law_holds_through_dyn() {
    struct Slot(Box<dyn Shown>);
    trait Shown: Reset {
        fn add(&mut self);
        fn show(&self) -> String;
    }
    impl Shown for Vec<u8> {
        fn add(&mut self) {
            self.push(7);
        }
        fn show(&self) -> String {
            format!("{self:?}")
        }
    }
    impl Reset for Slot {
        fn reset(&mut self) {
            self.0.reset();
        }
    }
    assert_reset_with(
        || Slot(Box::new(Vec::<u8>::new())),
        |slot| slot.0.add(),
        |slot| slot.0.show(),
    );
}
