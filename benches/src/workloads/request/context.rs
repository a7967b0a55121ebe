//! What a request carries through its handlers, and where it comes from.

use std::ops::{Deref, DerefMut};

use ratoon_pool::{Pool, Pooled, Reset};

/// Who asks, for what, until when.
#[derive(Debug, Default, Reset)]
pub struct Context {
    /// Path without the query.
    pub path: String,
    /// User that the token names.
    pub user: String,
    /// First label of the host.
    pub tenant: String,
    /// Trace that the request belongs to.
    pub trace: String,
    /// Address of the client behind all proxies.
    pub client: String,
    /// Preferred language.
    pub locale: String,
    /// Whether the user may do everything.
    pub admin: bool,
    /// Milliseconds that are left for an answer.
    pub deadline_ms: u64,
    /// Bytes of the request.
    pub bytes_in: u64,
    /// Whether the connection is encrypted before the last proxy.
    pub secure: bool,
}

/// Gives each request a fresh context.
pub trait Contexts {
    /// The context, until it is dropped.
    type Guard<'c>: DerefMut<Target = Context>
    where
        Self: 'c;

    /// A fresh one.
    fn get(&mut self) -> Self::Guard<'_>;

    /// What a monitor does every few milliseconds: reads the pool's statistics and trims it.
    fn monitor() {}
}

/// A boxed context for each request.
#[derive(Debug, Default)]
pub struct Boxed;

impl Contexts for Boxed {
    type Guard<'c> = Box<Context>;

    #[inline]
    fn get(&mut self) -> Box<Context> {
        Box::default()
    }
}

/// Contexts from a `static` pool.
#[derive(Debug, Default)]
pub struct FromPool;

static CONTEXTS: Pool<Context> = Pool::new(Context::default);

impl Contexts for FromPool {
    type Guard<'c> = Pooled<'static, Context>;

    #[inline]
    fn get(&mut self) -> Self::Guard<'static> {
        CONTEXTS.get()
    }

    fn monitor() {
        std::hint::black_box(CONTEXTS.stats());
        CONTEXTS.trim();
    }
}

/// One context, reset after each request.
#[derive(Debug, Default)]
pub struct Kept(Context);

impl Contexts for Kept {
    type Guard<'c> = KeptGuard<'c>;

    #[inline]
    fn get(&mut self) -> KeptGuard<'_> {
        KeptGuard(&mut self.0)
    }
}

/// Resets the context that stays where it is.
#[derive(Debug)]
pub struct KeptGuard<'c>(&'c mut Context);

impl Drop for KeptGuard<'_> {
    #[inline]
    fn drop(&mut self) {
        self.0.reset();
    }
}

impl Deref for KeptGuard<'_> {
    type Target = Context;

    #[inline]
    fn deref(&self) -> &Context {
        self.0
    }
}

impl DerefMut for KeptGuard<'_> {
    #[inline]
    fn deref_mut(&mut self) -> &mut Context {
        self.0
    }
}

/// The context of something that is reset as a whole.
#[derive(Debug)]
pub(super) struct Lent<'l>(pub(super) &'l mut Context);

impl Contexts for Lent<'_> {
    type Guard<'c>
        = &'c mut Context
    where
        Self: 'c;

    #[inline]
    fn get(&mut self) -> &mut Context {
        self.0
    }
}
