//! The law as a test: for a user's own test suite.

use core::fmt::{self, Debug, Formatter};

use crate::Reset;

/// Checks that `reset` makes a dirtied value equal to a fresh one.
///
/// `make` makes a fresh value, `dirty` changes everything that a request may change. What
/// [`PartialEq`] does not compare is not checked: use [`assert_reset_with`] where it leaves
/// something out, or is missing.
///
/// # Panics
///
/// * if two values of `make` differ, or if `dirty` changes nothing: the check could not fail;
/// * if `reset` changes a fresh value, as where `make` makes something else than `reset` does;
/// * if the dirtied value differs from a fresh one after `reset`, or after a second `reset`;
/// * if a fresh value is not [`reusable`](Reset::reusable) once reset: it could never be reused.
///   A dirtied one may answer `false`, and is compared all the same.
///
/// The message shows both values that were compared.
///
/// # Example
///
/// ```
/// use ratoon_reset::check::assert_reset;
///
/// assert_reset(Vec::<u32>::new, |vec| vec.push(7));
/// ```
///
/// A forgotten field is found:
///
/// ```should_panic
/// use ratoon_reset::{Reset, check::assert_reset};
///
/// #[derive(Debug, Default, PartialEq)]
/// struct Context {
///     path: String,
///     admin: bool,
/// }
///
/// impl Reset for Context {
///     fn reset(&mut self) {
///         self.path.reset(); // and `admin`?
///     }
/// }
///
/// assert_reset(Context::default, |context| {
///     context.path.push_str("/account");
///     context.admin = true;
/// });
/// ```
#[track_caller]
pub fn assert_reset<T>(make: impl FnMut() -> T, dirty: impl FnOnce(&mut T))
where
    T: Reset + PartialEq + Debug,
{
    assert_law(make, dirty, T::eq, T::fmt);
}

/// Checks what [`assert_reset`] checks, through a `view` of the value that can be compared.
///
/// The view should take in all that the next user of the value could observe.
///
/// # Panics
///
/// As [`assert_reset`], about the views.
///
/// # Example
///
/// ```
/// use std::sync::Mutex;
/// use ratoon_reset::check::assert_reset_with;
///
/// assert_reset_with(
///     || Mutex::new(0_u32),
///     |mutex| *mutex.get_mut().unwrap() = 7,
///     |mutex| (*mutex.lock().unwrap(), mutex.is_poisoned()),
/// );
/// ```
#[track_caller]
pub fn assert_reset_with<T, V>(
    make: impl FnMut() -> T,
    dirty: impl FnOnce(&mut T),
    view: impl Fn(&T) -> V,
) where
    T: Reset,
    V: PartialEq + Debug,
{
    assert_law(make, dirty, |one, other| view(one) == view(other), |value, f| view(value).fmt(f));
}

/// Checks the law on values that `strategy` makes up: a test that nobody has to think of a case for.
///
/// For each value, dirty in some way that a request may leave, and through `view`:
///
/// 1. after `reset` it equals a value of `make`;
/// 2. a second `reset` changes nothing.
///
/// What the next user of the value can observe belongs into the view. Where the type implements
/// `Clone`, [`law_with_clones`] checks more. A failing value is shrunk to a small one and shown.
///
/// # Panics
///
/// If the law does not hold, if every value that was made up equals a fresh one, so that nothing
/// was checked, or if a fresh value is not [`reusable`](Reset::reusable) once reset.
///
/// # Example
///
/// ```
/// use proptest::prelude::*;
/// use ratoon_reset::check;
///
/// check::law(String::new, any::<String>(), String::clone);
/// ```
#[cfg(feature = "proptest")]
#[track_caller]
pub fn law<S, V>(make: impl Fn() -> S::Value, strategy: S, view: impl Fn(&S::Value) -> V)
where
    S: proptest::strategy::Strategy<Value: Reset>,
    V: PartialEq + Debug,
{
    run_law(make, strategy, view, |_| None::<(S::Value, V)>);
}

/// Checks what [`law`] checks, and that a clone made before the `reset` does not change with it.
///
/// A clone that changes shares state with the value, for example through an `Arc`: another request
/// may hold such a clone.
///
/// # Panics
///
/// As [`law`], and if a clone changes.
///
/// # Example
///
/// ```
/// use proptest::prelude::*;
/// use ratoon_reset::check;
///
/// check::law_with_clones(Vec::new, any::<Vec<u8>>(), Vec::clone);
/// ```
#[cfg(feature = "proptest")]
#[track_caller]
pub fn law_with_clones<S, V>(
    make: impl Fn() -> S::Value,
    strategy: S,
    view: impl Fn(&S::Value) -> V,
) where
    S: proptest::strategy::Strategy<Value: Reset + Clone>,
    V: PartialEq + Debug,
{
    run_law(make, strategy, &view, |value| {
        let clone = value.clone();
        let seen = view(&clone);
        Some((clone, seen))
    });
}

#[cfg(feature = "proptest")]
#[track_caller]
fn run_law<S, V>(
    make: impl Fn() -> S::Value,
    strategy: S,
    view: impl Fn(&S::Value) -> V,
    clone: impl Fn(&S::Value) -> Option<(S::Value, V)>,
) where
    S: proptest::strategy::Strategy<Value: Reset>,
    V: PartialEq + Debug,
{
    use core::cell::Cell;

    use proptest::test_runner::{Config, TestRunner};
    use proptest::{prop_assert, prop_assert_eq};

    let fresh = view(&make());
    let mut value = make();
    value.reset();
    let seen = view(&value);
    assert!(
        seen == fresh,
        "`reset` changes a fresh value: what `make` makes is not what `reset` makes\n \
         fresh: {fresh:?}\n reset: {seen:?}",
    );
    assert!(
        value.reusable(),
        "a fresh value is not reusable after `reset`, so that no value ever is: {seen:?}",
    );

    let any_dirty = Cell::new(false);
    // No file remembers failures: nothing here knows the source file of the test.
    let config = Config { failure_persistence: None, ..Config::default() };
    let result = TestRunner::new(config).run(&strategy, |mut value| {
        any_dirty.set(any_dirty.get() || view(&value) != fresh);
        let cloned = clone(&value);
        for times in ["", " twice"] {
            value.reset();
            prop_assert_eq!(
                &view(&value),
                &fresh,
                "after `reset`{} the value is not fresh: `reset` forgets what differs here",
                times
            );
        }
        if let Some((clone, before)) = cloned {
            let after = view(&clone);
            prop_assert!(
                after == before,
                "a clone changes when the value is reset: they share state\n\
                 before: {before:?}\n after: {after:?}",
            );
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    assert!(
        any_dirty.get(),
        "every value of the strategy equals a fresh one in the view, so that this check cannot fail: \
         {fresh:?}",
    );
}

#[track_caller]
fn assert_law<T: Reset>(
    mut make: impl FnMut() -> T,
    dirty: impl FnOnce(&mut T),
    same: impl Fn(&T, &T) -> bool,
    show: impl Fn(&T, &mut Formatter<'_>) -> fmt::Result,
) {
    let show = |value| Shown { value, show: &show };

    let fresh = make();
    let mut value = make();
    assert!(
        same(&value, &fresh),
        "two fresh values differ, so that nothing can be compared with a fresh value; compare a view \
         without clocks, ids and seeds (`assert_reset_with`)\n first: {:?}\nsecond: {:?}",
        show(&fresh),
        show(&value),
    );
    value.reset();
    assert!(
        same(&value, &fresh),
        "`reset` changes a fresh value: what `make` makes is not what `reset` makes\n \
         fresh: {:?}\n reset: {:?}",
        show(&fresh),
        show(&value),
    );
    assert!(
        value.reusable(),
        "a fresh value is not reusable after `reset`, so that no value ever is: {:?}",
        show(&value),
    );

    // A value that was never looked at: looking may fill a cache, which `dirty` must find empty.
    let mut value = make();
    dirty(&mut value);
    assert!(
        !same(&value, &fresh),
        "`dirty` changes nothing that is compared, so that this check cannot fail: {:?}",
        show(&value),
    );
    for times in ["", " twice"] {
        value.reset();
        assert!(
            same(&value, &fresh),
            "after `reset`{times} the value is not fresh: `reset` forgets what differs here\n \
             fresh: {:?}\n reset: {:?}",
            show(&fresh),
            show(&value),
        );
    }
}

/// A value that is shown as its view is.
struct Shown<'a, T, F> {
    value: &'a T,
    show: &'a F,
}

impl<T, F> Debug for Shown<'_, T, F>
where
    F: Fn(&T, &mut Formatter<'_>) -> fmt::Result,
{
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        (self.show)(self.value, f)
    }
}
