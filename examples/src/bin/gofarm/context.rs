//! What one request needs, made once and used again and again.

use ratoon_arena::Arena;
use ratoon_header_map::HeaderMap;
use ratoon_pool::{Pool, Reset};

/// Every field is reset on the way back into the pool. One that is added later is reset too, or this
/// does not compile.
#[derive(Default, Reset)]
pub(crate) struct Context {
    pub(crate) user: String,
    pub(crate) admin: bool,
    pub(crate) trace: u64,
    pub(crate) headers: HeaderMap,
    pub(crate) scratch: Arena,
}

pub(crate) static CONTEXTS: Pool<Context> = Pool::new(Context::default);
