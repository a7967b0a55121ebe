//! The one place that names atomics, locks, thread-locals and loom.
//!
//! Under `--cfg ratoon_loom` with feature `loom` the same names are loom's model types. Those cannot be made in a
//! constant, so [`const_fn!`] drops the `const`, and a model gives thread indexes
//! back itself (`__model::leave`), because loom cannot model a thread-local destructor that runs while
//! other threads start.

pub(crate) use self::imp::*;

#[cfg(not(all(ratoon_loom, feature = "loom")))]
mod imp {
    use core::cell::Cell;
    pub(crate) use core::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering};
    pub(crate) use parking_lot::{Mutex, MutexGuard};

    use crate::index::Ticket;

    /// Whether model types are in use; capacities shrink then.
    pub(crate) const MODEL: bool = false;

    /// `const fn` here, `fn` under the model.
    macro_rules! const_fn {
        ($(#[$meta:meta])* $vis:vis fn $($rest:tt)*) => { $(#[$meta])* $vis const fn $($rest)* };
    }
    pub(crate) use const_fn;

    /// An array in a constant.
    macro_rules! array_of {
        ($value:expr; $len:expr) => {
            [const { $value }; $len]
        };
    }
    pub(crate) use array_of;

    /// Items that exist under the model only.
    macro_rules! model_only {
        ($($item:item)*) => {};
    }
    pub(crate) use model_only;

    /// A function that returns a value which lives as long as the process.
    macro_rules! static_ref {
        ($(#[$meta:meta])* fn $name:ident() -> $ty:ty = $value:expr) => {
            $(#[$meta])*
            const fn $name() -> &'static $ty {
                static VALUE: $ty = $value;
                &VALUE
            }
        };
    }
    pub(crate) use static_ref;

    /// `core::cell::UnsafeCell` with loom's closures.
    #[repr(transparent)]
    pub(crate) struct UnsafeCell<T>(core::cell::UnsafeCell<T>);

    impl<T> UnsafeCell<T> {
        #[inline(always)]
        pub(crate) const fn new(value: T) -> Self {
            Self(core::cell::UnsafeCell::new(value))
        }

        #[inline(always)]
        pub(crate) fn with_mut<R>(&self, f: impl FnOnce(*mut T) -> R) -> R {
            f(self.0.get())
        }
    }

    thread_local! {
        // Without a destructor and with a constant initialiser: one load on the hot path, and it
        // can still be read when every other thread-local is gone.
        static TICKET: Cell<Ticket> = const { Cell::new(Ticket::UNREGISTERED) };
        static EXIT: ExitGuard = const { ExitGuard };
    }

    /// Gives the index back when its thread ends.
    struct ExitGuard;

    impl Drop for ExitGuard {
        fn drop(&mut self) {
            crate::index::leave();
        }
    }

    #[inline(always)]
    pub(crate) fn thread_ticket() -> Ticket {
        // Fails only where thread-locals are keys of the operating system's, while they are destroyed.
        TICKET.try_with(Cell::get).unwrap_or(Ticket::DEPOT_ONLY)
    }

    pub(crate) fn set_thread_ticket(ticket: Ticket) {
        // As above; then nobody can find what could not be set.
        let _ = TICKET.try_with(|cell| cell.set(ticket));
    }

    /// Makes sure that `index::leave` runs when this thread ends. `false` where that is too late
    /// or where the platform runs no thread-local destructors.
    pub(crate) fn arm_exit_guard() -> bool {
        const RUNS_DESTRUCTORS: bool =
            !cfg!(all(target_family = "wasm", target_feature = "atomics"));
        RUNS_DESTRUCTORS && EXIT.try_with(|_| ()).is_ok()
    }
}

#[cfg(all(ratoon_loom, feature = "loom"))]
mod imp {
    use core::cell::Cell;
    pub(crate) use loom::cell::UnsafeCell;
    pub(crate) use loom::sync::MutexGuard;
    pub(crate) use loom::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering};

    use crate::index::Ticket;

    pub(crate) const MODEL: bool = true;

    macro_rules! const_fn {
        ($(#[$meta:meta])* $vis:vis fn $($rest:tt)*) => { $(#[$meta])* $vis fn $($rest)* };
    }
    pub(crate) use const_fn;

    macro_rules! array_of {
        ($value:expr; $len:expr) => {
            core::array::from_fn::<_, { $len }, _>(|_| $value)
        };
    }
    pub(crate) use array_of;

    macro_rules! model_only {
        ($($item:item)*) => { $($item)* };
    }
    pub(crate) use model_only;

    macro_rules! static_ref {
        ($(#[$meta:meta])* fn $name:ident() -> $ty:ty = $value:expr) => {
            $(#[$meta])*
            fn $name() -> &'static $ty {
                // Fresh for each execution of a model.
                loom::lazy_static! {
                    static ref VALUE: $ty = $value;
                }
                &VALUE
            }
        };
    }
    pub(crate) use static_ref;

    /// loom's lock in the shape of parking_lot's.
    #[derive(Debug)]
    pub(crate) struct Mutex<T>(loom::sync::Mutex<T>);

    impl<T> Mutex<T> {
        pub(crate) fn new(value: T) -> Self {
            Self(loom::sync::Mutex::new(value))
        }

        pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
            self.0.lock().unwrap()
        }

        pub(crate) fn get_mut(&mut self) -> &mut T {
            self.0.get_mut().unwrap()
        }
    }

    loom::thread_local! {
        static TICKET: Cell<Ticket> = Cell::new(Ticket::UNREGISTERED);
    }

    pub(crate) fn thread_ticket() -> Ticket {
        TICKET.with(Cell::get)
    }

    pub(crate) fn set_thread_ticket(ticket: Ticket) {
        TICKET.with(|cell| cell.set(ticket));
    }

    /// A model calls `index::leave` itself.
    pub(crate) fn arm_exit_guard() -> bool {
        true
    }
}
