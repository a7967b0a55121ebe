//! What is pooled. Every object can tell whether it was reset: its result adds to what it finds.

use std::cell::RefCell;
use std::hint::black_box;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::LocalKey;

use poolshark::local::LPooled;
use poolshark::{Discriminant, IsoPoolable, Poolable, location_id};
use ratoon_pool::{Pool, Reset};
use rylv_pool::{FixedThreadLocalPool, PoolItem};
use sharded_slab::Clear;

/// Objects that every pool may keep, per thread where it keeps them per thread.
pub const CAPACITY: usize = 2048;

/// Objects that a thread's cache of Ratoon's pool may keep.
pub(super) const LOCAL_CAPACITY: usize = 64;

/// Something worth pooling, with the statics that a type needs where a pool cannot be a value.
pub trait Object: Reset + PoolItem + Clear + Default + Send + Sync + 'static {
    /// A guard of poolshark's thread-local pool.
    type PoolsharkLocal: DerefMut<Target = Boxed<Self>>;

    /// Uses a fresh object: dirties it and returns what depends on `i` and on its freshness.
    fn work(&mut self, i: u64) -> u64;

    /// The `static` pool of this type.
    fn ratoon() -> &'static Pool<Self>;

    /// rylv-pool keeps its objects in a thread-local that the user declares.
    fn rylv() -> &'static LocalKey<FixedThreadLocalPool<Self, CAPACITY>>;

    /// What people write by hand.
    fn by_hand() -> &'static LocalKey<RefCell<Vec<Box<Self>>>>;

    /// poolshark finds its pool by type.
    fn poolshark() -> Self::PoolsharkLocal;

    /// Lets poolshark keep as many objects as the others; it asks once per thread.
    fn poolshark_set_size();
}

/// A box that the traits of the peers can be implemented for. Pools that move their values move
/// eight bytes with it instead of the whole object.
#[derive(Debug, Default)]
pub struct Boxed<T>(pub Box<T>);

impl<T> Deref for Boxed<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Boxed<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Object> Poolable for Boxed<T> {
    fn empty() -> Self {
        Boxed::default()
    }

    fn reset(&mut self) {
        Reset::reset(&mut *self.0);
    }

    fn capacity(&self) -> usize {
        1
    }
}

impl<T: Object> dynamic_pool::DynamicReset for Boxed<T> {
    fn reset(&mut self) {
        Reset::reset(&mut *self.0);
    }
}

macro_rules! object {
    ($type:ty, $location:expr, $work:expr) => {
        impl PoolItem for $type {
            #[inline]
            fn reset(&mut self) {
                Reset::reset(self);
            }
        }

        impl Clear for $type {
            #[inline]
            fn clear(&mut self) {
                Reset::reset(self);
            }
        }

        // SAFETY: `$location` is written once per type (poolshark tells types apart by where it stands), so objects
        // are not mixed, and a reset object holds nothing that borrows.
        unsafe impl IsoPoolable for Boxed<$type> {
            const DISCRIMINANT: Option<Discriminant> = Discriminant::new($location);
        }

        impl Object for $type {
            type PoolsharkLocal = LPooled<Boxed<Self>>;

            #[inline]
            fn work(&mut self, i: u64) -> u64 {
                let work: fn(&mut Self, u64) -> u64 = $work;
                // Without this the compiler sees that nobody needs a naive object, and makes none.
                work(black_box(self), i)
            }

            #[inline]
            fn ratoon() -> &'static Pool<Self> {
                static POOL: Pool<$type> =
                    Pool::builder(<$type>::default).shared_capacity(CAPACITY).build();
                &POOL
            }

            #[inline]
            fn rylv() -> &'static LocalKey<FixedThreadLocalPool<Self, CAPACITY>> {
                thread_local! {
                    static POOL: FixedThreadLocalPool<$type, CAPACITY> = FixedThreadLocalPool::new();
                }
                &POOL
            }

            #[inline]
            fn by_hand() -> &'static LocalKey<RefCell<Vec<Box<Self>>>> {
                thread_local! {
                    static POOL: RefCell<Vec<Box<$type>>> = const { RefCell::new(Vec::new()) };
                }
                &POOL
            }

            #[inline]
            fn poolshark() -> Self::PoolsharkLocal {
                LPooled::take()
            }

            fn poolshark_set_size() {
                poolshark::local::set_size::<Boxed<Self>>(CAPACITY, usize::MAX);
            }
        }
    };
}

/// 64 bytes that one store resets: the pool's own cost is nearly all there is.
#[derive(Debug, Default)]
pub struct Small {
    used: u64,
    _words: [u64; 7],
}

impl Reset for Small {
    #[inline]
    fn reset(&mut self) {
        self.used = 0;
    }
}

object!(Small, location_id!(), |small, i| {
    small.used += i + 1;
    small.used
});

/// A request context: a string, a vector and eleven words.
// In this order no store of a reset crosses a cache line, wherever malloc puts the object: one that does is
// not forwarded to the loads of the next use, and costs the subject that has such an address 6 to 12 ns.
#[derive(Debug, Default)]
#[repr(C)]
pub struct Context {
    user: u64,
    tenant: u64,
    trace: [u64; 2],
    span: u64,
    flags: u64,
    started_ns: u64,
    deadline_ns: u64,
    bytes_in: u64,
    bytes_out: u64,
    status: u64,
    path: String,
    ids: Vec<u64>,
}

impl Context {
    /// Reads what [`work`](Object::work) wrote, the memory behind the string and the vector included.
    #[inline]
    pub(super) fn read(&self) -> u64 {
        let path: u64 = self.path.bytes().map(u64::from).sum();
        let ids: u64 = self.ids.iter().sum();
        path + ids + self.user + self.tenant + self.deadline_ns + self.status
    }
}

impl Reset for Context {
    #[inline]
    fn reset(&mut self) {
        self.path.clear();
        self.ids.clear();
        self.user = 0;
        self.tenant = 0;
        self.trace = [0; 2];
        self.span = 0;
        self.flags = 0;
        self.started_ns = 0;
        self.deadline_ns = 0;
        self.bytes_in = 0;
        self.bytes_out = 0;
        self.status = 0;
    }
}

object!(Context, location_id!(), |context, i| {
    context.path.push_str("/v1/orders");
    context.ids.push(i);
    context.user += i;
    context.tenant += 7;
    context.deadline_ns += i + 1000;
    context.status += 200;
    context.path.len() as u64
        + context.ids.len() as u64
        + context.user
        + context.deadline_ns
        + context.status
});

/// `WORDS` words, one of which is used and reset.
#[derive(Debug)]
pub struct Block<const WORDS: usize>([u64; WORDS]);

impl<const WORDS: usize> Block<WORDS> {
    #[inline]
    fn work(&mut self, i: u64) -> u64 {
        self.0[0] += i + 1;
        self.0[0]
    }
}

impl<const WORDS: usize> Default for Block<WORDS> {
    fn default() -> Self {
        Block([0; WORDS])
    }
}

impl<const WORDS: usize> Reset for Block<WORDS> {
    #[inline]
    fn reset(&mut self) {
        self.0[0] = 0;
    }
}

object!(Block<1>, location_id!(), |block, i| block.work(i));
object!(Block<64>, location_id!(), |block, i| block.work(i));
object!(Block<512>, location_id!(), |block, i| block.work(i));
object!(Block<8192>, location_id!(), |block, i| block.work(i));

/// A context that counts how many of its kind are alive.
#[derive(Debug)]
pub struct Counted(Context);

static ALIVE: AtomicU64 = AtomicU64::new(0);
static MOST_ALIVE: AtomicU64 = AtomicU64::new(0);

impl Counted {
    /// Objects alive now.
    pub fn alive() -> u64 {
        ALIVE.load(Ordering::Relaxed)
    }

    /// Most objects that were alive at once since the last call.
    pub fn take_most_alive() -> u64 {
        MOST_ALIVE.swap(Counted::alive(), Ordering::Relaxed)
    }
}

impl Default for Counted {
    fn default() -> Self {
        let alive = ALIVE.fetch_add(1, Ordering::Relaxed) + 1;
        MOST_ALIVE.fetch_max(alive, Ordering::Relaxed);
        Counted(Context::default())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Reset for Counted {
    fn reset(&mut self) {
        Reset::reset(&mut self.0);
    }
}

object!(Counted, location_id!(), |counted, i| counted.0.work(i));
