//! What is not `Send` cannot be pooled: it would travel between threads.
use ratoon_pool::{Pool, Reset};
use std::rc::Rc;

struct Shared(Rc<u8>);

impl Reset for Shared {
    fn reset(&mut self) {}
}

static POOL: Pool<Shared> = Pool::new(|| Shared(Rc::new(0)));

fn main() {}
