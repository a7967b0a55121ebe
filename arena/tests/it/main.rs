//! Integration tests of `ratoon-arena`.

mod auto_traits;
mod basics;
mod collections;
mod deferred;
mod frame;
mod futures;
mod growing;
mod layouts;
mod limits;
#[cfg(feature = "allocator-api2-02")]
mod oracle;
mod pooled;
mod reentrancy;
mod retention;
mod scopes;
mod sync_arena;
mod ui;
