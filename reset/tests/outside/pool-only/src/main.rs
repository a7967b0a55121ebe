//! A crate that depends on `ratoon-pool`, and on nothing else.
#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

use ratoon_pool::{Pool, Reset};

/// What one request works with.
#[derive(Default, Reset)]
pub struct Context {
    user: u64,
    #[reset(max_capacity = 4096)]
    path: String,
    #[reset(skip = "counts over all requests")]
    served: u64,
}

static CONTEXTS: Pool<Context> = Pool::new(Context::default);

/// Resets its first field, panics at its second.
#[derive(Default, Reset)]
pub struct Fragile {
    before: u64,
    #[reset(with = fail, bytes = 0)]
    fails: bool,
    after: u64,
}

fn fail(fails: &mut bool) {
    assert!(!*fails, "half of the context is reset");
}

static FRAGILE: Pool<Fragile> = Pool::new(Fragile::default);

fn main() {
    let mut context = CONTEXTS.get();
    context.user = 7;
    context.path.push_str("/account");
    context.served += 1;
    let address: *const Context = &raw const *context;
    drop(context);

    let context = CONTEXTS.get();
    assert_eq!(&raw const *context, address);
    assert_eq!((context.user, context.path.as_str(), context.served), (0, "", 1));
    assert!(context.path.capacity() >= 8);

    let mut fragile = FRAGILE.get();
    *fragile = Fragile { before: 7, fails: true, after: 7 };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| drop(fragile))).unwrap_err();
    let fragile = FRAGILE.get();
    assert_eq!((fragile.before, fragile.fails, fragile.after), (0, false, 0));
    assert_eq!(FRAGILE.stats().created, 2, "what was half reset is not used again");
}
