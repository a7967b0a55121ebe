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
