//! Yardsticks that nobody publishes, naive allocation, and Ratoon itself.

use std::marker::PhantomData;
use std::mem;
use std::ops::{Deref, DerefMut};

use crossbeam_queue::ArrayQueue;
use ratoon_pool::{Pooled, Reset};

use super::adapter::{AnyPool, SendVisitor, Visitor};
use super::objects::{CAPACITY, Object};
use crate::harness::Kind;

/// Visits Ratoon, the baselines and naive allocation.
pub(super) fn visit<T: Object>(visitor: &mut impl Visitor<T>) {
    visitor.visit("ratoon", Kind::Ratoon, Ratoon(PhantomData));
    visitor.visit("thread_local Vec of boxes", Kind::Baseline, ByHand(PhantomData));
    visitor.visit("ArrayQueue of boxes", Kind::Baseline, Queue::new());
    visitor.visit("malloc", Kind::Malloc, Naive(PhantomData));
}

/// The same without the thread-local vector, which would never see its objects again.
pub(super) fn visit_send<T: Object>(visitor: &mut impl SendVisitor<T>) {
    visitor.visit("ratoon", Kind::Ratoon, Ratoon(PhantomData));
    visitor.visit("ArrayQueue of boxes", Kind::Baseline, Queue::new());
    visitor.visit("malloc", Kind::Malloc, Naive(PhantomData));
}

/// The `static` pool and its guard.
#[derive(Debug)]
pub(super) struct Ratoon<T>(pub PhantomData<fn() -> T>);

impl<T: Object> AnyPool<T> for Ratoon<T> {
    type Guard = Pooled<'static, T>;

    #[inline]
    fn get(&'static self) -> Self::Guard {
        T::ratoon().get()
    }
}

/// A boxed object each time.
#[derive(Debug)]
pub(super) struct Naive<T>(PhantomData<fn() -> T>);

impl<T: Object> AnyPool<T> for Naive<T> {
    type Guard = Box<T>;

    #[inline]
    fn get(&'static self) -> Box<T> {
        Box::default()
    }
}

/// What people write by hand: a vector in a thread-local, bounded, nothing else.
#[derive(Debug)]
pub(super) struct ByHand<T>(PhantomData<fn() -> T>);

impl<T: Object> AnyPool<T> for ByHand<T> {
    type Guard = ByHandGuard<T>;

    #[inline]
    fn get(&'static self) -> ByHandGuard<T> {
        ByHandGuard(Some(T::by_hand().with_borrow_mut(Vec::pop).unwrap_or_default()))
    }
}

/// Gives its object back to the vector of the thread that drops it.
#[derive(Debug)]
pub(super) struct ByHandGuard<T: Object>(
    // Invariant: `Some` until dropped.
    Option<Box<T>>,
);

impl<T: Object> Drop for ByHandGuard<T> {
    #[inline]
    fn drop(&mut self) {
        if let Some(mut object) = self.0.take() {
            Reset::reset(&mut *object);
            T::by_hand().with_borrow_mut(|idle: &mut Vec<Box<T>>| {
                if idle.len() < CAPACITY {
                    idle.push(object);
                }
            });
        }
    }
}

impl<T: Object> Deref for ByHandGuard<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        self.0.as_ref().expect("`Some` until dropped")
    }
}

impl<T: Object> DerefMut for ByHandGuard<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        self.0.as_mut().expect("`Some` until dropped")
    }
}

/// A bare bounded queue of boxes.
#[derive(Debug)]
pub(super) struct Queue<T>(ArrayQueue<Box<T>>);

impl<T: Object> Queue<T> {
    fn new() -> Self {
        Queue(ArrayQueue::new(CAPACITY))
    }
}

impl<T: Object> AnyPool<T> for Queue<T> {
    type Guard = QueueGuard<T>;

    #[inline]
    fn get(&'static self) -> QueueGuard<T> {
        QueueGuard { queue: &self.0, object: Some(self.0.pop().unwrap_or_default()) }
    }
}

/// Gives its object back to the queue.
#[derive(Debug)]
pub(super) struct QueueGuard<T: Object> {
    queue: &'static ArrayQueue<Box<T>>,
    // Invariant: `Some` until dropped.
    object: Option<Box<T>>,
}

impl<T: Object> Drop for QueueGuard<T> {
    #[inline]
    fn drop(&mut self) {
        if let Some(mut object) = mem::take(&mut self.object) {
            Reset::reset(&mut *object);
            // A full queue hands the box back, and it is dropped here.
            drop(self.queue.push(object));
        }
    }
}

impl<T: Object> Deref for QueueGuard<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        self.object.as_ref().expect("`Some` until dropped")
    }
}

impl<T: Object> DerefMut for QueueGuard<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        self.object.as_mut().expect("`Some` until dropped")
    }
}
