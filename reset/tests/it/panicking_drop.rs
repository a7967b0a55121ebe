//! An element whose `Drop` panics: the container is empty and usable, and nothing is dropped twice.

use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, HashMap, LinkedList, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};

use ratoon_reset::Reset;

/// Counts its drops, and panics in the one that `panics` names.
struct Bomb<'a> {
    drops: &'a Cell<u32>,
    panics: bool,
}

impl Drop for Bomb<'_> {
    fn drop(&mut self) {
        self.drops.set(self.drops.get() + 1);
        if self.panics {
            panic!("drop panics");
        }
    }
}

/// Resets a container of three bombs of which the middle one panics, and returns how many dropped.
fn drops_in_reset<'a, C: Reset>(
    drops: &'a Cell<u32>,
    make: impl FnOnce([Bomb<'a>; 3]) -> C,
    is_empty: impl FnOnce(&C) -> bool,
) -> u32 {
    drops.set(0);
    let mut container = make([false, true, false].map(|panics| Bomb { drops, panics }));
    assert!(catch_unwind(AssertUnwindSafe(|| container.reset())).is_err());
    assert!(is_empty(&container));
    container.reset();
    drops.get()
}

#[test]
fn containers_are_empty_and_drop_every_element_once() {
    let drops = Cell::new(0);
    assert_eq!(drops_in_reset(&drops, Vec::from, Vec::is_empty), 3);
    assert_eq!(drops_in_reset(&drops, VecDeque::from, VecDeque::is_empty), 3);
    assert_eq!(drops_in_reset(&drops, LinkedList::from, LinkedList::is_empty), 3);
    let keyed = |bombs: [_; 3]| bombs.into_iter().enumerate().collect::<BTreeMap<_, _>>();
    assert_eq!(drops_in_reset(&drops, keyed, BTreeMap::is_empty), 3);
    assert_eq!(drops_in_reset(&drops, Some, Option::is_none), 3);
    let once = |bombs: [_; 3]| OnceCell::from(bombs);
    assert_eq!(drops_in_reset(&drops, once, |cell| cell.get().is_none()), 3);
}

#[test]
fn a_hash_table_is_empty_and_drops_no_element_twice() {
    let drops = Cell::new(0);
    let keyed = |bombs: [_; 3]| bombs.into_iter().enumerate().collect::<HashMap<_, _>>();
    assert!(drops_in_reset(&drops, keyed, HashMap::is_empty) <= 3, "the rest leaks");
}
