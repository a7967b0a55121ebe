//! Put, then get: the same object, and nothing of its last use.

use ratoon_pool::Pool;

use crate::support::Ledger;

#[test]
fn put_then_get_is_the_same_object_reset_with_its_capacity() {
    let pool = Pool::<String>::new(String::new);
    let mut text = pool.get();
    text.push_str("a secret of one request");
    let (address, capacity) = (&raw const *text, text.capacity());
    drop(text);

    let text = pool.get();
    assert_eq!(&raw const *text, address);
    assert_eq!(text.capacity(), capacity);
    assert!(text.is_empty());
}

#[test]
fn two_live_guards_are_distinct() {
    let pool = Pool::<u64>::new(|| 0);
    let (mut a, mut b) = (pool.get(), pool.get());
    *a = 1;
    *b = 2;
    assert_ne!(&raw const *a, &raw const *b);
    assert_eq!((*a, *b), (1, 2));
}

#[test]
fn factory_runs_once_per_miss_and_never_on_a_hit() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).build();
    for _ in 0..100 {
        drop((pool.get(), pool.get()));
    }
    assert_eq!(ledger.made(), 2);
    let stats = pool.stats();
    assert_eq!((stats.created, stats.reused), (2, 198));
}
