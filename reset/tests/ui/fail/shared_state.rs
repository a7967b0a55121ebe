//! A handle to shared state has a message of its own.

use std::rc::Rc;
use std::sync::Arc;

use ratoon_reset::Reset;

#[derive(Reset)]
struct Context {
    config: Arc<String>,
    cache: Rc<u64>,
}

/// Of the user, and resets: its name alone refuses nothing.
mod mine {
    #[derive(super::Reset)]
    pub struct Arc(u64);
}

#[derive(Reset)]
struct Other {
    own: mine::Arc,
}

fn main() {}
