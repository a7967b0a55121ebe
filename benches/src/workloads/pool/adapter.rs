//! One face for all pools: get a guard, use it, drop it, and the object comes back reset.

use std::ops::{Deref, DerefMut};

use ratoon_pool::Reset;

use super::objects::{Boxed, Object};
use crate::harness::Kind;

/// A pool of `T`, at home in a static or leaked.
pub trait AnyPool<T: Object>: Sync + 'static {
    /// What `get` returns.
    type Guard: DerefMut<Target = T>;

    /// A fresh object.
    fn get(&'static self) -> Self::Guard;
}

/// Makes a subject of each pool; a generic method is what a closure cannot be.
pub trait Visitor<T: Object> {
    /// One pool whose guards stay on their thread.
    fn visit<P: AnyPool<T>>(&mut self, name: &'static str, kind: Kind, pool: P);
}

/// The same for pools whose guards may be sent.
pub trait SendVisitor<T: Object> {
    /// One pool whose guards may be dropped on another thread.
    fn visit<P: AnyPool<T>>(&mut self, name: &'static str, kind: Kind, pool: P)
    where
        P::Guard: Send;
}

/// Resets the object before a pool that does not gets it back.
#[derive(Debug)]
pub struct ResetAtPut<G: DerefMut<Target: Reset>>(pub G);

impl<G: DerefMut<Target: Reset>> Drop for ResetAtPut<G> {
    #[inline]
    fn drop(&mut self) {
        self.0.reset();
    }
}

impl<G: DerefMut<Target: Reset>> Deref for ResetAtPut<G> {
    type Target = G::Target;

    #[inline]
    fn deref(&self) -> &G::Target {
        &self.0
    }
}

impl<G: DerefMut<Target: Reset>> DerefMut for ResetAtPut<G> {
    #[inline]
    fn deref_mut(&mut self) -> &mut G::Target {
        &mut self.0
    }
}

/// Looks through the box of a guard over [`Boxed`].
#[derive(Debug)]
pub struct Unboxed<G>(pub G);

impl<T, G: Deref<Target = Boxed<T>>> Deref for Unboxed<G> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.0.0
    }
}

impl<T, G: DerefMut<Target = Boxed<T>>> DerefMut for Unboxed<G> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0.0
    }
}
