//! Enums: which variant is current is state too, so the fresh one is assigned.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use ratoon_reset::Reset;

#[test]
fn unit_variants() {
    #[derive(Clone, Copy, Debug, PartialEq, Reset)]
    #[repr(u8)]
    enum State {
        Reading = 1,
        #[reset(to)]
        Idle = 9,
        Writing,
    }

    for mut state in [State::Reading, State::Idle, State::Writing] {
        state.reset();
        assert_eq!(state, State::Idle);
        assert!(state.reusable());
        assert_eq!(state.retained_bytes(), 0);
    }
}

#[derive(Debug, PartialEq, Reset)]
enum Body<T> {
    #[reset(to)]
    Inline {
        #[reset(value = [7; 4])]
        bytes: [u8; 4],
        #[reset(default)]
        length: usize,
        next: Option<T>,
    },
    // `Rc` could be neither reset nor kept.
    Shared(Rc<T>, String),
    Empty,
}

#[test]
fn discriminants_of_variants_with_data() {
    #[derive(Debug, PartialEq, Reset)]
    #[repr(u8)]
    #[non_exhaustive]
    enum Code {
        #[reset(to)]
        None { value: u8 } = 3,
        #[non_exhaustive]
        Ok(u8) = 7,
    }

    let mut code = Code::Ok(1);
    code.reset();
    assert_eq!(code, Code::None { value: 0 });
}

#[test]
fn data_variants() {
    let fresh = || Body::Inline { bytes: [7; 4], length: 0, next: None };
    let shared = Rc::new("no bound on this");
    let dirty = [
        Body::Inline { bytes: [1, 2, 3, 4], length: 4, next: Some("more") },
        Body::Shared(Rc::clone(&shared), String::from("text")),
        Body::Empty,
    ];
    for mut body in dirty {
        body.reset();
        assert_eq!(body, fresh());
    }
    assert_eq!(Rc::strong_count(&shared), 1, "the old variant is dropped");
}

#[test]
fn tuple_variant() {
    #[derive(Debug, PartialEq, Reset)]
    enum Code {
        #[reset(to)]
        Known(#[reset(value = 200)] u16, String),
        Unknown,
    }

    for mut code in [Code::Unknown, Code::Known(404, String::from("Not Found"))] {
        code.reset();
        assert_eq!(code, Code::Known(200, String::new()));
    }
}

#[test]
fn bytes_of_the_fresh_variant() {
    #[derive(Reset)]
    enum Body {
        #[reset(to)]
        Buffer {
            #[reset(value = Vec::with_capacity(64), bytes = Vec::capacity)]
            bytes: Vec<u8>,
            #[reset(bytes = String::capacity)]
            text: String,
            uncounted: String,
        },
        Other(Vec<u8>),
        Empty,
    }

    let mut body = Body::Other(vec![0; 100]);
    assert_eq!(body.retained_bytes(), 0);
    body.reset();
    assert_eq!(body.retained_bytes(), 64);
    if let Body::Buffer { text, uncounted, .. } = &mut body {
        text.reserve_exact(10);
        uncounted.reserve_exact(10);
    }
    assert_eq!(body.retained_bytes(), 74);
    assert_eq!(Body::Empty.retained_bytes(), 0);
}

#[test]
fn single_variant() {
    #[derive(Debug, PartialEq, Reset)]
    enum Only {
        #[reset(to)]
        One(#[reset(bytes = String::capacity)] String),
    }

    let mut only = Only::One(String::from("text"));
    assert_eq!(only.retained_bytes(), 4);
    only.reset();
    assert_eq!(only, Only::One(String::new()));
}

#[test]
fn no_variants() {
    #[derive(Reset)]
    enum Never {}

    // There is no value; the impl serves where a type parameter asks for one.
    #[derive(Reset)]
    struct Context<T> {
        part: [T; 0],
        user: u64,
    }

    let mut context = Context::<Never> { part: [], user: 7 };
    context.reset();
    assert_eq!(context.user, 0);
}

#[test]
fn generic_fresh_variant() {
    /// Has no `Reset`.
    #[derive(Debug, Default, PartialEq)]
    struct Opaque(u64);

    #[derive(Debug, PartialEq, Reset)]
    enum Slot<T> {
        #[reset(to)]
        Made(T),
        Taken,
    }

    let mut slot = Slot::<Opaque>::Taken;
    slot.reset();
    assert_eq!(slot, Slot::Made(Opaque(0)));
}

/// Counts its drops, and panics in them.
struct Bomb<'a>(&'a Cell<u32>);

impl Drop for Bomb<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
        panic!("drop panics");
    }
}

#[test]
fn panic_while_the_old_variant_is_dropped() {
    #[derive(Reset)]
    enum State<'a> {
        #[reset(to)]
        Idle,
        Busy(Bomb<'a>, Rc<()>),
    }

    let (drops, shared) = (Cell::new(0), Rc::new(()));
    let mut state = State::Busy(Bomb(&drops), Rc::clone(&shared));
    catch_unwind(AssertUnwindSafe(|| state.reset())).unwrap_err();
    assert!(matches!(state, State::Idle), "fresh all the same");
    assert_eq!(
        (drops.get(), Rc::strong_count(&shared)),
        (1, 1),
        "all of the old one is dropped, once"
    );
}

#[test]
fn panic_while_the_fresh_variant_is_made() {
    fn fail() -> u64 {
        panic!("no value");
    }

    #[derive(Debug, PartialEq, Reset)]
    enum State {
        #[reset(to)]
        Idle(String, #[reset(value = fail())] u64),
        Busy(String),
    }

    let mut state = State::Busy(String::from("secret"));
    catch_unwind(AssertUnwindSafe(|| state.reset())).unwrap_err();
    assert_eq!(
        state,
        State::Busy(String::from("secret")),
        "dirty: whoever catches this discards it"
    );
}
