//! What a request carries through its handlers, and where it comes from.

use std::ops::DerefMut;

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
pub trait Contexts: Default + Send + 'static {
    /// The context, until it is dropped.
    type Guard: DerefMut<Target = Context>;

    /// A fresh one.
    fn get(&mut self) -> Self::Guard;
}

/// A boxed context for each request.
#[derive(Debug, Default)]
pub struct Boxed;

impl Contexts for Boxed {
    type Guard = Box<Context>;

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
    type Guard = Pooled<'static, Context>;

    #[inline]
    fn get(&mut self) -> Self::Guard {
        CONTEXTS.get()
    }
}
