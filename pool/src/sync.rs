//! The one place that names atomics, locks, thread-locals and the model checkers.
//!
//! Under `--cfg ratoon_loom` with feature `loom`, or `--cfg ratoon_shuttle` with feature `shuttle`,
//! the same names are the checker's types. loom's cannot be made in a constant, so [`const_fn!`] drops
//! the `const`; and a model gives thread indexes back itself (`__model::leave`), because loom cannot
//! model a thread-local destructor that runs while other threads start.

#[cfg(not(any(
    all(ratoon_loom, feature = "loom"),
    all(ratoon_shuttle, feature = "shuttle")
)))]
pub(crate) use self::real::*;

#[cfg(any(all(ratoon_loom, feature = "loom"), all(ratoon_shuttle, feature = "shuttle")))]
pub(crate) use self::model::*;

#[cfg(not(any(all(ratoon_loom, feature = "loom"), all(ratoon_shuttle, feature = "shuttle"))))]
mod real {
    use core::cell::Cell;
    pub(crate) use core::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering};
    use core::time::Duration;
    use std::sync::PoisonError;
    pub(crate) use std::sync::{MutexGuard, OnceLock};

    use crate::index::Ticket;

    /// Under a model: how many threads can have an index. Capacities shrink then.
    pub(crate) const MODEL: Option<usize> = None;

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

    /// The lock of `std` without poisoning: no user code runs behind it, and nothing that could panic half way.
    /// Where locks are futexes it takes no memory; one of `parking_lot` does when threads meet.
    #[derive(Debug)]
    pub(crate) struct Mutex<T>(std::sync::Mutex<T>);

    impl<T> Mutex<T> {
        pub(crate) const fn new(value: T) -> Self {
            Self(std::sync::Mutex::new(value))
        }

        #[inline]
        pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner)
        }

        pub(crate) fn get_mut(&mut self) -> &mut T {
            self.0.get_mut().unwrap_or_else(PoisonError::into_inner)
        }
    }

    /// The time since somebody first asked for it. Where there is no clock, each call is a second.
    pub(crate) fn now() -> Duration {
        #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
        {
            static FIRST: OnceLock<std::time::Instant> = OnceLock::new();
            FIRST.get_or_init(std::time::Instant::now).elapsed()
        }
        #[cfg(all(target_family = "wasm", target_os = "unknown"))]
        {
            static CALLS: AtomicUsize = AtomicUsize::new(0);
            // Relaxed: the time orders nothing.
            Duration::from_secs(CALLS.fetch_add(1, Ordering::Relaxed) as u64)
        }
    }

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
        // can still be read when every other thread-local is gone. Where thread-locals are keys of the operating
        // system (pthread keys, as on Windows with GNU's tools) `std` frees it at the end of its thread, in an order
        // that nobody knows, and the next access begins with the initial value. If that is before `EXIT` is dropped,
        // `leave` does not find the index: it stays taken until the process ends. Nothing else is at stake, because
        // tickets are not used again.
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
        // Fails at most where thread-locals are keys, while this one is being freed; no code of a user runs then.
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

#[cfg(any(all(ratoon_loom, feature = "loom"), all(ratoon_shuttle, feature = "shuttle")))]
mod model {
    use core::cell::Cell;
    use core::ptr;
    use core::time::Duration;

    #[cfg(all(ratoon_loom, feature = "loom"))]
    pub(crate) use loom as checker;
    #[cfg(all(ratoon_shuttle, feature = "shuttle"))]
    pub(crate) use shuttle as checker;

    pub(crate) use self::cell::UnsafeCell;
    pub(crate) use self::checker::sync::MutexGuard;
    pub(crate) use self::checker::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering};

    use crate::index::Ticket;

    /// Few for loom, which explores all that can happen; more for shuttle, which tries a part of it.
    pub(crate) const MODEL: Option<usize> = Some(if cfg!(feature = "loom") { 2 } else { 4 });

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
                $crate::sync::checker::lazy_static! {
                    static ref VALUE: $ty = $value;
                }
                &VALUE
            }
        };
    }
    pub(crate) use static_ref;

    /// The checker's lock without poisoning.
    #[derive(Debug)]
    pub(crate) struct Mutex<T>(checker::sync::Mutex<T>);

    impl<T> Mutex<T> {
        pub(crate) fn new(value: T) -> Self {
            Self(checker::sync::Mutex::new(value))
        }

        #[track_caller]
        pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
            self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
        }

        pub(crate) fn get_mut(&mut self) -> &mut T {
            self.0.get_mut().unwrap_or_else(|poisoned| poisoned.into_inner())
        }
    }

    /// `std::sync::OnceLock` with its orderings, of the checker's types.
    #[derive(Debug)]
    pub(crate) struct OnceLock<T> {
        value: AtomicPtr<T>,
        making: Mutex<()>,
    }

    impl<T> OnceLock<T> {
        pub(crate) fn new() -> Self {
            Self { value: AtomicPtr::new(ptr::null_mut()), making: Mutex::new(()) }
        }

        pub(crate) fn get(&self) -> Option<&T> {
            let value = self.value.load(Ordering::Acquire);
            // SAFETY: null, or a leaked box that stays until `self` is dropped.
            unsafe { value.as_ref() }
        }

        pub(crate) fn get_mut(&mut self) -> Option<&mut T> {
            let value = self.value.load(Ordering::Relaxed);
            // SAFETY: as in `get`, and `&mut self` is the only access to it.
            unsafe { value.as_mut() }
        }

        pub(crate) fn get_or_init(&self, make: impl FnOnce() -> T) -> &T {
            if let Some(value) = self.get() {
                return value;
            }
            let _making = self.making.lock();
            if let Some(value) = self.get() {
                return value;
            }
            let value = Box::into_raw(Box::new(make()));
            self.value.store(value, Ordering::Release);
            // SAFETY: as in `get`.
            unsafe { &*value }
        }
    }

    impl<T> Drop for OnceLock<T> {
        fn drop(&mut self) {
            let value = self.value.load(Ordering::Relaxed);
            if !value.is_null() {
                // SAFETY: a leaked box; nobody has it after this.
                drop(unsafe { Box::from_raw(value) });
            }
        }
    }

    #[cfg(all(ratoon_loom, feature = "loom"))]
    mod cell {
        pub(crate) use loom::cell::UnsafeCell;
    }

    #[cfg(all(ratoon_shuttle, feature = "shuttle"))]
    mod cell {
        use super::{AtomicBool, Ordering};

        /// loom's cell for a checker that has none: notices an access that meets another one.
        pub(crate) struct UnsafeCell<T> {
            accessed: AtomicBool,
            value: core::cell::UnsafeCell<T>,
        }

        impl<T> UnsafeCell<T> {
            pub(crate) fn new(value: T) -> Self {
                Self { accessed: AtomicBool::new(false), value: core::cell::UnsafeCell::new(value) }
            }

            pub(crate) fn with_mut<R>(&self, f: impl FnOnce(*mut T) -> R) -> R {
                // Each of the two lets other threads run: inside, and before it begins.
                let met = self.accessed.swap(true, Ordering::SeqCst);
                assert!(!met, "two threads access a cell at once");
                let result = f(self.value.get());
                self.accessed.store(false, Ordering::SeqCst);
                result
            }
        }
    }

    /// Stands still: a model tells the time itself, with `__model::trim_at`.
    pub(crate) fn now() -> Duration {
        Duration::ZERO
    }

    checker::thread_local! {
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
