// Appended to the facade of each crate in the copy that has mutations in it. Not compiled here.

pub(crate) use self::mutable::{Mutex, MutexGuard, mutated, unheld};

/// A lock that need not be held, and the choice of the mutation that takes effect.
mod mutable {
    use core::cell::{Cell, UnsafeCell};
    use core::fmt;
    use core::ops::{Deref, DerefMut};

    #[cfg(all(ratoon_loom, feature = "loom"))]
    use loom as checker;
    #[cfg(all(ratoon_shuttle, feature = "shuttle"))]
    use shuttle as checker;

    /// Whether this mutation was chosen.
    pub(crate) fn mutated(name: &str) -> bool {
        static CHOSEN: std::sync::OnceLock<String> = std::sync::OnceLock::new();
        CHOSEN.get_or_init(|| std::env::var("RATOON_MUTATION").unwrap_or_default()) == name
    }

    thread_local! {
        // All threads of a model are one to the system; none runs between this and the lock.
        static UNHELD: Cell<bool> = const { Cell::new(false) };
    }

    /// The lock that `lock` takes is not taken.
    pub(crate) fn unheld<R>(lock: impl FnOnce() -> R) -> R {
        UNHELD.set(true);
        lock()
    }

    /// loom's view of the value: accesses that are not ordered by something fail the model.
    #[cfg(all(ratoon_loom, feature = "loom"))]
    mod watch {
        #[derive(Debug)]
        pub(crate) struct Watch(loom::cell::UnsafeCell<()>);
        pub(crate) type Access = loom::cell::MutPtr<()>;
        impl Watch {
            pub(crate) fn new() -> Self {
                Self(loom::cell::UnsafeCell::new(()))
            }
            pub(crate) fn access(&self) -> Access {
                self.0.get_mut()
            }
        }
    }

    #[cfg(all(ratoon_shuttle, feature = "shuttle"))]
    mod watch {
        #[derive(Debug)]
        pub(crate) struct Watch;
        pub(crate) struct Access;
        impl Watch {
            pub(crate) fn new() -> Self {
                Self
            }
            pub(crate) fn access(&self) -> Access {
                Access
            }
        }
    }

    pub(crate) struct Mutex<T> {
        lock: checker::sync::Mutex<()>,
        watch: watch::Watch,
        value: UnsafeCell<T>,
    }

    // SAFETY: a lock, unless a mutation makes it none.
    unsafe impl<T: Send> Sync for Mutex<T> {}

    pub(crate) struct MutexGuard<'m, T> {
        value: &'m UnsafeCell<T>,
        // Ends before the lock is free.
        _access: watch::Access,
        _held: Option<checker::sync::MutexGuard<'m, ()>>,
    }

    impl<T> Mutex<T> {
        pub(crate) fn new(value: T) -> Self {
            let lock = checker::sync::Mutex::new(());
            Self { lock, watch: watch::Watch::new(), value: UnsafeCell::new(value) }
        }

        pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
            let held = if UNHELD.replace(false) {
                None
            } else {
                Some(self.lock.lock().unwrap_or_else(|poisoned| poisoned.into_inner()))
            };
            MutexGuard { value: &self.value, _access: self.watch.access(), _held: held }
        }

        pub(crate) fn get_mut(&mut self) -> &mut T {
            self.value.get_mut()
        }
    }

    impl<T> Deref for MutexGuard<'_, T> {
        type Target = T;

        fn deref(&self) -> &T {
            // SAFETY: the lock is held, or a mutation says that it need not be.
            unsafe { &*self.value.get() }
        }
    }

    impl<T> DerefMut for MutexGuard<'_, T> {
        fn deref_mut(&mut self) -> &mut T {
            // SAFETY: as in `deref`.
            unsafe { &mut *self.value.get() }
        }
    }

    impl<T> fmt::Debug for Mutex<T> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("Mutex")
        }
    }
}
