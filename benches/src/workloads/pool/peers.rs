//! The published pools, each in its best configuration: boxes where it moves values, its own reset
//! where it has one, and room for [`CAPACITY`] objects.

use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ops::{Deref, DerefMut};

use dynamic_pool::{DynamicPool, DynamicPoolItem};
use lockfree_object_pool::{LinearObjectPool, LinearReusable};
use object_pool::Reusable;
use opool::{PoolAllocator, RefGuard};
use poolshark::global::GPooled;
use ratoon_pool::Reset;
use regex_automata::util::pool::{Pool as RegexPool, PoolGuard};
use rylv_pool::FixedThreadLocalPoolGuard;

use super::adapter::{AnyPool, ResetAtPut, SendVisitor, Unboxed, Visitor};
use super::objects::{Boxed, CAPACITY, Object};
use crate::harness::Kind;

/// Visits all peers.
pub(super) fn visit<T: Object>(visitor: &mut impl Visitor<T>) {
    visitor.visit("object-pool", Kind::Peer, ObjectPool::new());
    visitor.visit("opool (boxes)", Kind::Peer, OpoolBoxes::new());
    visitor.visit("opool (values)", Kind::Peer, OpoolValues::new());
    visitor.visit("lockfree-object-pool", Kind::Peer, Linear::new());
    visitor.visit("regex-automata", Kind::Peer, Regex::new());
    visitor.visit("sharded-slab", Kind::Peer, sharded_slab::Pool::new());
    visitor.visit("rylv-pool", Kind::Peer, Rylv(PhantomData));
    visitor.visit("poolshark (local)", Kind::Peer, PoolsharkLocal::new());
    visitor.visit("dynamic-pool", Kind::Peer, Dynamic::new());
}

/// Visits the peers whose guards can be dropped on another thread, and come home from there.
pub(super) fn visit_send<T: Object>(visitor: &mut impl SendVisitor<T>) {
    visitor.visit("object-pool", Kind::Peer, ObjectPool::new());
    visitor.visit("opool (boxes)", Kind::Peer, OpoolBoxes::new());
    visitor.visit("opool (values)", Kind::Peer, OpoolValues::new());
    visitor.visit("lockfree-object-pool", Kind::Peer, Linear::new());
    visitor.visit("regex-automata", Kind::Peer, Regex::new());
    visitor.visit("rylv-pool", Kind::Peer, Rylv(PhantomData));
    visitor.visit("poolshark (global)", Kind::Peer, PoolsharkGlobal::new());
    visitor.visit("dynamic-pool", Kind::Peer, Dynamic::new());
}

/// object-pool does not reset: the program has to.
pub(super) struct ObjectPool<T>(object_pool::Pool<Boxed<T>>);

impl<T: Object> ObjectPool<T> {
    /// An empty pool.
    pub(super) fn new() -> Self {
        ObjectPool(object_pool::Pool::from_vec(Vec::with_capacity(CAPACITY)))
    }
}

impl<T: Object> AnyPool<T> for ObjectPool<T> {
    type Guard = ResetAtPut<Unboxed<Reusable<'static, Boxed<T>>>>;

    #[inline]
    fn get(&'static self) -> Self::Guard {
        ResetAtPut(Unboxed(self.0.pull(Boxed::default)))
    }
}

/// Factory and reset of opool.
#[derive(Debug)]
pub(super) struct Factory;

impl<T: Object> PoolAllocator<T> for Factory {
    fn reset(&self, object: &mut T) {
        Reset::reset(object);
    }

    fn allocate(&self) -> T {
        T::default()
    }
}

impl<T: Object> PoolAllocator<Boxed<T>> for Factory {
    fn reset(&self, object: &mut Boxed<T>) {
        Reset::reset(&mut *object.0);
    }

    fn allocate(&self) -> Boxed<T> {
        Boxed::default()
    }
}

/// opool of boxes.
pub(super) struct OpoolBoxes<T: Object>(opool::Pool<Factory, Boxed<T>>);

impl<T: Object> OpoolBoxes<T> {
    /// An empty pool.
    pub(super) fn new() -> Self {
        OpoolBoxes(opool::Pool::new(CAPACITY, Factory))
    }
}

impl<T: Object> AnyPool<T> for OpoolBoxes<T> {
    type Guard = Unboxed<RefGuard<'static, Factory, Boxed<T>>>;

    #[inline]
    fn get(&'static self) -> Self::Guard {
        Unboxed(self.0.get())
    }
}

/// opool of values, as its documentation uses it.
pub(super) struct OpoolValues<T: Object>(opool::Pool<Factory, T>);

impl<T: Object> OpoolValues<T> {
    /// An empty pool.
    pub(super) fn new() -> Self {
        OpoolValues(opool::Pool::new(CAPACITY, Factory))
    }
}

impl<T: Object> AnyPool<T> for OpoolValues<T> {
    type Guard = RefGuard<'static, Factory, T>;

    #[inline]
    fn get(&'static self) -> Self::Guard {
        self.0.get()
    }
}

/// The fastest of the three pools of lockfree-object-pool.
pub(super) struct Linear<T>(LinearObjectPool<T>);

impl<T: Object> Linear<T> {
    /// An empty pool.
    pub(super) fn new() -> Self {
        Linear(LinearObjectPool::new(T::default, |object| Reset::reset(object)))
    }
}

impl<T: Object> AnyPool<T> for Linear<T> {
    type Guard = LinearReusable<'static, T>;

    #[inline]
    fn get(&'static self) -> Self::Guard {
        self.0.pull()
    }
}

/// The pool of regex-automata, which boxes by itself and does not reset.
pub(super) struct Regex<T: Send>(RegexPool<T, fn() -> T>);

impl<T: Object> Regex<T> {
    /// An empty pool.
    pub(super) fn new() -> Self {
        Regex(RegexPool::new(T::default))
    }
}

impl<T: Object> AnyPool<T> for Regex<T> {
    type Guard = ResetAtPut<PoolGuard<'static, T, fn() -> T>>;

    #[inline]
    fn get(&'static self) -> Self::Guard {
        ResetAtPut(self.0.get())
    }
}

impl<T: Object> AnyPool<T> for sharded_slab::Pool<T> {
    type Guard = SlabGuard<T>;

    #[inline]
    fn get(&'static self) -> SlabGuard<T> {
        let object = self.create().expect("room for more objects than are ever held");
        SlabGuard { pool: self, object: ManuallyDrop::new(object) }
    }
}

/// Clears the slot of sharded-slab when dropped; its own guard only ends the access.
#[expect(missing_debug_implementations, reason = "what it holds has none")]
pub struct SlabGuard<T: Object> {
    pool: &'static sharded_slab::Pool<T>,
    object: ManuallyDrop<sharded_slab::pool::RefMut<'static, T>>,
}

impl<T: Object> Drop for SlabGuard<T> {
    #[inline]
    fn drop(&mut self) {
        let key = self.object.key();
        // SAFETY: dropped once, here, and not touched after this.
        unsafe { ManuallyDrop::drop(&mut self.object) };
        self.pool.clear(key);
    }
}

impl<T: Object> Deref for SlabGuard<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.object
    }
}

impl<T: Object> DerefMut for SlabGuard<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.object
    }
}

/// rylv-pool's thread-local pool with remote returns.
pub(super) struct Rylv<T>(pub PhantomData<fn() -> T>);

impl<T: Object> AnyPool<T> for Rylv<T> {
    type Guard = FixedThreadLocalPoolGuard<T, CAPACITY>;

    #[inline]
    fn get(&'static self) -> Self::Guard {
        FixedThreadLocalPoolGuard::acquire(T::rylv()).expect("the factory does not panic")
    }
}

/// poolshark's thread-local pool: an object stays with the thread that drops it.
pub(super) struct PoolsharkLocal<T>(PhantomData<fn() -> T>);

impl<T: Object> PoolsharkLocal<T> {
    /// The type's pool, at the size of the others.
    pub(super) fn new() -> Self {
        T::poolshark_set_size();
        PoolsharkLocal(PhantomData)
    }
}

impl<T: Object> AnyPool<T> for PoolsharkLocal<T> {
    type Guard = Unboxed<T::PoolsharkLocal>;

    #[inline]
    fn get(&'static self) -> Self::Guard {
        Unboxed(T::poolshark())
    }
}

/// poolshark's pool for objects that are dropped on another thread.
pub(super) struct PoolsharkGlobal<T: Object>(poolshark::global::Pool<Boxed<T>>);

impl<T: Object> PoolsharkGlobal<T> {
    /// An empty pool.
    pub(super) fn new() -> Self {
        PoolsharkGlobal(poolshark::global::Pool::new(CAPACITY, usize::MAX))
    }
}

impl<T: Object> AnyPool<T> for PoolsharkGlobal<T> {
    type Guard = Unboxed<GPooled<Boxed<T>>>;

    #[inline]
    fn get(&'static self) -> Self::Guard {
        Unboxed(self.0.take())
    }
}

/// dynamic-pool, growing on demand.
pub(super) struct Dynamic<T: Object>(DynamicPool<Boxed<T>>);

impl<T: Object> Dynamic<T> {
    /// An empty pool.
    pub(super) fn new() -> Self {
        Dynamic(DynamicPool::new(0, CAPACITY, Boxed::default))
    }
}

impl<T: Object> AnyPool<T> for Dynamic<T> {
    type Guard = Unboxed<DynamicPoolItem<Boxed<T>>>;

    #[inline]
    fn get(&'static self) -> Self::Guard {
        Unboxed(self.0.take())
    }
}
