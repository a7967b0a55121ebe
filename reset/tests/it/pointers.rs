//! Weak pointers.

use std::{rc, sync};

use ratoon_reset::Reset;

use crate::{Opaque, Probe, after_reset};

#[test]
fn weak_pointers_point_nowhere() {
    let strong = rc::Rc::new(7);
    assert!(after_reset(rc::Rc::downgrade(&strong)).upgrade().is_none());
    assert_eq!(rc::Rc::weak_count(&strong), 0);
    let strong = sync::Arc::new(7);
    assert!(after_reset(sync::Arc::downgrade(&strong)).upgrade().is_none());
    assert_eq!(sync::Arc::weak_count(&strong), 0);
    after_reset(rc::Weak::<Opaque>::new());
    after_reset(sync::Weak::<Opaque>::new());
}

#[test]
fn a_pinned_box_asks_what_is_inside() {
    let text = after_reset(Box::pin(String::from("secret")));
    assert_eq!(*text, "");
    assert_eq!(text.retained_bytes(), size_of::<String>() + text.capacity());
    assert!(text.reusable() && !Box::pin(Probe::SPOILT).reusable());
}
