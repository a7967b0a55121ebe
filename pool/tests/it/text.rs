//! Guards as targets of formatted text, and strings that freeze.

use std::fmt;
use std::sync::Arc;

use ratoon_pool::Pool;

/// What a template engine does with what it is given.
fn render(target: &mut impl fmt::Write, user: &str) -> fmt::Result {
    target.write_str("<p>")?;
    target.write_char('ä')?;
    write!(target, "{user}: {}</p>", 7)
}

const PAGE: &str = "<p>äAda: 7</p>";

#[test]
fn text_is_written_into_every_guard_of_a_vector() {
    let pool = Arc::new(Pool::<Vec<u8>>::new(Vec::new));
    let local = pool.local();
    let (mut one, mut two, mut three) = (pool.get(), pool.get_arc(), local.get());
    one.extend_from_slice(b"> "); // text is appended
    render(&mut one, "Ada").expect("memory does not fail");
    render(&mut two, "Ada").expect("memory does not fail");
    render(&mut three, "Ada").expect("memory does not fail");
    assert_eq!(**one, *format!("> {PAGE}").as_bytes());
    assert_eq!([&**two, &**three], [PAGE.as_bytes(); 2]);
}

#[test]
fn text_is_written_into_every_guard_of_a_string() {
    let pool = Arc::new(Pool::<String>::new(String::new));
    let local = pool.local();
    let (mut one, mut two, mut three) = (pool.get(), pool.get_arc(), local.get());
    one.push_str("> ");
    render(&mut one, "Ada").expect("memory does not fail");
    render(&mut two, "Ada").expect("memory does not fail");
    render(&mut three, "Ada").expect("memory does not fail");
    assert_eq!(*one, format!("> {PAGE}"));
    assert_eq!([&**two, &**three], [PAGE; 2]);
}

#[test]
fn string_freezes_without_a_copy_and_returns_empty() {
    static PAGES: Pool<String> = Pool::builder(String::new).max_retained_bytes(100).build();
    let mut page = PAGES.get();
    render(&mut page, "Ada").expect("memory does not fail");
    let address = page.as_ptr();
    let bytes = page.freeze();
    let clone = bytes.clone();
    assert_eq!((bytes.as_ptr(), &*bytes), (address, PAGE.as_bytes()));
    drop(bytes);
    assert_eq!(PAGES.stats().idle(), 0);
    drop(clone);
    let page = PAGES.get();
    assert_eq!((page.as_ptr(), &**page), (address, ""));
    assert!(page.freeze().is_empty());
    assert_eq!(PAGES.stats().idle(), 1, "nothing written: back at once");

    let mut page = PAGES.get();
    page.push_str(&"x".repeat(101));
    drop(page.freeze());
    assert_eq!((PAGES.stats().idle(), PAGES.stats().discarded.too_large), (0, 1));
}

#[test]
fn frozen_string_of_a_shared_pool_keeps_the_pool_alive() {
    let pool = Arc::new(Pool::<String>::new(String::new));
    let mut page = pool.get_arc();
    page.push_str("alone");
    let bytes = page.freeze();
    let seen = Arc::downgrade(&pool);
    drop(pool);
    assert_eq!(bytes, "alone");
    assert!(seen.upgrade().is_some());
    drop(bytes);
    assert!(seen.upgrade().is_none());
}
