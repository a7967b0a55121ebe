//! The law checker finds each way to break the law, and cannot pass by accident.

use std::cell::{Cell, OnceCell};
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::thread;

use ratoon_reset::Reset;
use ratoon_reset::check::{assert_reset, assert_reset_with};

/// The message that `check` panics with.
fn failure(check: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(check)).expect_err("the check must fail");
    *panic.downcast::<String>().unwrap()
}

/// Two fields, of which `reset` may forget the second.
#[derive(Debug, Default, PartialEq)]
struct Context<const FORGETS: bool> {
    path: String,
    admin: bool,
}

impl<const FORGETS: bool> Reset for Context<FORGETS> {
    fn reset(&mut self) {
        self.path.reset();
        if !FORGETS {
            self.admin.reset();
        }
    }
}

fn dirty<const FORGETS: bool>(context: &mut Context<FORGETS>) {
    context.path.push_str("/account");
    context.admin = true;
}

#[test]
fn a_complete_reset_passes() {
    assert_reset(Context::<false>::default, dirty);
    assert_reset_with(Context::<false>::default, dirty, |context| {
        (context.path.clone(), context.admin)
    });
}

#[test]
fn a_forgotten_field_is_shown() {
    let message = failure(|| assert_reset(Context::<true>::default, dirty));
    assert!(message.starts_with("after `reset` the value is not fresh"), "{message}");
    assert!(message.contains(r#"fresh: Context { path: "", admin: false }"#), "{message}");
    assert!(message.contains(r#"reset: Context { path: "", admin: true }"#), "{message}");
    let view = |context: &Context<true>| context.admin;
    let message = failure(|| assert_reset_with(Context::default, dirty, view));
    assert!(message.contains("fresh: false") && message.contains("reset: true"), "{message}");
}

#[test]
fn a_dirty_that_changes_nothing_fails() {
    let message = failure(|| assert_reset(Context::<false>::default, |_| ()));
    assert!(message.starts_with("`dirty` changes nothing"), "{message}");
    let blind = |_: &Context<true>| ();
    let message = failure(|| assert_reset_with(Context::default, dirty, blind));
    assert!(message.starts_with("`dirty` changes nothing"), "{message}");
}

#[test]
fn a_make_whose_values_differ_fails() {
    let made = Cell::new(0_u32);
    let make = || {
        made.set(made.get() + 1);
        made.get()
    };
    let message = failure(|| assert_reset(make, |value| *value = 9));
    assert!(message.starts_with("two fresh values differ"), "{message}");
    assert!(message.ends_with("\n first: 1\nsecond: 2"), "{message}");
}

#[test]
fn a_make_that_resets_to_something_else_fails() {
    let message = failure(|| assert_reset(|| Some(7), |value| *value = Some(8)));
    assert!(message.starts_with("`reset` changes a fresh value"), "{message}");
    assert!(message.ends_with("\n fresh: Some(7)\n reset: None"), "{message}");
}

#[test]
fn a_second_reset_that_undoes_the_first_fails() {
    /// Is fresh after an odd number of resets of a dirty value.
    #[derive(Debug, Default)]
    struct Toggles {
        dirty: bool,
        flips: bool,
    }
    impl Reset for Toggles {
        fn reset(&mut self) {
            self.dirty = self.flips && !self.dirty;
        }
    }
    let dirty = |value: &mut Toggles| (value.dirty, value.flips) = (true, true);
    let message = failure(|| assert_reset_with(Toggles::default, dirty, |value| value.dirty));
    assert!(message.starts_with("after `reset` twice"), "{message}");
}

/// Asks to be discarded when told to.
#[derive(Debug, Default, PartialEq)]
struct Discarded {
    dirty: bool,
    always: bool,
}

impl Reset for Discarded {
    fn reset(&mut self) {
        self.dirty = false;
    }

    fn reusable(&self) -> bool {
        assert!(!self.dirty, "asked after `reset` only");
        !self.always
    }
}

#[test]
fn a_fresh_value_that_is_never_reusable_fails() {
    let make = || Discarded { always: true, ..Discarded::default() };
    let message = failure(|| assert_reset(make, |value| value.dirty = true));
    assert!(message.starts_with("a fresh value is not reusable"), "{message}");
}

#[test]
fn a_dirtied_value_may_ask_to_be_discarded() {
    let dirty = |value: &mut Discarded| (value.dirty, value.always) = (true, true);
    assert_reset_with(Discarded::default, dirty, |value| value.dirty);
}

#[test]
fn a_value_that_asks_to_be_discarded_is_compared_all_the_same() {
    #[derive(Debug, Default, PartialEq)]
    struct Forgets(u64);
    impl Reset for Forgets {
        fn reset(&mut self) {}

        fn reusable(&self) -> bool {
            self.0 == 0
        }
    }
    let message = failure(|| assert_reset(Forgets::default, |value| value.0 = 7));
    assert!(message.ends_with("\n fresh: Forgets(0)\n reset: Forgets(7)"), "{message}");
}

#[test]
fn a_cache_that_outlives_reset_is_found() {
    /// Remembers the length of its text when first asked.
    #[derive(Default)]
    struct Cached<const FORGETS: bool>(String, OnceCell<usize>);
    impl<const FORGETS: bool> Reset for Cached<FORGETS> {
        fn reset(&mut self) {
            self.0.reset();
            if !FORGETS {
                self.1.reset();
            }
        }
    }
    fn dirty<const FORGETS: bool>(cached: &mut Cached<FORGETS>) {
        cached.0.push_str("text");
    }
    fn len<const FORGETS: bool>(cached: &Cached<FORGETS>) -> usize {
        *cached.1.get_or_init(|| cached.0.len())
    }
    assert_reset_with(Cached::<false>::default, dirty, len);
    let message = failure(|| assert_reset_with(Cached::<true>::default, dirty, len));
    assert!(message.starts_with("after `reset` the value is not fresh"), "{message}");
}

#[test]
fn a_failure_names_the_callers_line() {
    let place = Arc::new(Mutex::new(None));
    let here = thread::current().id();
    let others = panic::take_hook();
    panic::set_hook(Box::new({
        let place = place.clone();
        move |info| {
            if thread::current().id() == here {
                *place.lock().unwrap() = info.location().map(|location| location.line());
            } else {
                others(info);
            }
        }
    }));
    let line = line!() + 1;
    let _ = failure(|| assert_reset(|| 0_u8, |_| ()));
    let _ = panic::take_hook();
    assert_eq!(*place.lock().unwrap(), Some(line));
}

#[cfg(feature = "proptest")]
mod law {
    use std::cell::Cell;
    use std::rc::Rc;

    use proptest::prelude::*;
    use ratoon_reset::Reset;
    use ratoon_reset::check::{law, law_with_clones};

    #[test]
    fn values_that_are_fresh_after_reset_pass() {
        law(Vec::new, any::<Vec<u8>>(), Vec::clone);
        law_with_clones(String::new, any::<String>(), String::clone);
    }

    /// Forgets everything from 1000 on.
    #[derive(Clone, Debug)]
    struct Forgets(u32);

    impl Reset for Forgets {
        fn reset(&mut self) {
            if self.0 < 1000 {
                self.0 = 0;
            }
        }
    }

    #[test]
    #[should_panic(expected = "after `reset` the value is not fresh")]
    fn a_rare_value_that_is_forgotten() {
        law(|| Forgets(0), (0_u32..2000).prop_map(Forgets), |value| value.0);
    }

    #[test]
    #[should_panic(expected = "Forgets(\n    1000,\n)")]
    fn a_failing_value_is_shrunk() {
        law(|| Forgets(0), (0_u32..2000).prop_map(Forgets), |value| value.0);
    }

    #[test]
    #[should_panic(expected = "after `reset` twice the value is not fresh")]
    fn a_second_reset_that_changes_something() {
        #[derive(Debug, Default)]
        struct Counts {
            value: u32,
            resets: u32,
        }
        impl Reset for Counts {
            fn reset(&mut self) {
                self.value = self.resets;
                self.resets += 1;
            }
        }
        let strategy = any::<u32>().prop_map(|value| Counts { value, resets: 0 });
        law(Counts::default, strategy, |counts| counts.value);
    }

    #[test]
    #[should_panic(expected = "every value of the strategy equals a fresh one")]
    fn a_strategy_that_makes_nothing_dirty() {
        law(String::new, Just(String::new()), String::clone);
    }

    #[test]
    #[should_panic(expected = "`reset` changes a fresh value")]
    fn a_fresh_value_that_is_not_what_reset_makes() {
        law(|| 7_u32, any::<u32>(), |value| *value);
    }

    #[test]
    #[should_panic(expected = "a fresh value is not reusable")]
    fn a_value_that_is_never_reusable() {
        #[derive(Debug)]
        struct Never;
        impl Reset for Never {
            fn reset(&mut self) {}
            fn reusable(&self) -> bool {
                false
            }
        }
        law(|| Never, Just(()).prop_map(|()| Never), |_| ());
    }

    /// Its clones share what it holds.
    #[derive(Clone, Debug, Default)]
    struct Shares(Rc<Cell<u32>>);

    impl Reset for Shares {
        fn reset(&mut self) {
            self.0.set(0);
        }
    }

    fn shares() -> impl Strategy<Value = Shares> {
        any::<u32>().prop_map(|value| Shares(Rc::new(Cell::new(value))))
    }

    #[test]
    #[should_panic(expected = "a clone changes when the value is reset")]
    fn a_clone_that_changes() {
        law_with_clones(Shares::default, shares(), |value| value.0.get());
    }

    #[test]
    fn a_type_without_clones_is_asked_for_none() {
        law(Shares::default, shares(), |value| value.0.get());
    }
}
