//! User code that allocates in the arena, or panics, while a value is being built there.

use std::cell::Cell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ratoon_arena::{AllocError, Arena, ArenaBox, SyncArena};

#[test]
fn closure_that_allocates() {
    let arena = Arena::new();
    let inner = Cell::new(0);
    let slice = arena.alloc_slice_fill_with(1000, |i| {
        inner.set(inner.get() + *arena.alloc(i));
        arena.alloc_str("interleaved").len() + i
    });
    assert!(slice.iter().enumerate().all(|(i, &element)| element == i + 11));
    assert_eq!(inner.get(), (0..1000).sum::<usize>());
}

#[test]
fn iterator_that_allocates() {
    let arena = Arena::new();
    let words = arena.alloc_slice_fill_iter(
        (0..500).filter(|i| i % 3 != 0).map(|i| &*arena.alloc_fmt(format_args!("word {i}"))),
    );
    let expected: Vec<String> =
        (0..500).filter(|i| i % 3 != 0).map(|i| format!("word {i}")).collect();
    assert_eq!(words, expected);
}

#[test]
fn clone_that_allocates() {
    struct Cloning<'a>(&'a Arena, &'a str);
    impl Clone for Cloning<'_> {
        fn clone(&self) -> Self {
            Cloning(self.0, self.0.alloc_concat(&[self.1, "'"]))
        }
    }
    let arena = Arena::new();
    let source = ["a", "b", "c"].map(|text| Cloning(&arena, text));
    let copy = arena.alloc_slice_clone(&source);
    let copy: Vec<&str> = copy.iter().map(|cloning| cloning.1).collect();
    assert_eq!(copy, ["a'", "b'", "c'"]);
}

struct Displaying<'a>(&'a Arena, usize);

impl fmt::Display for Displaying<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for i in 0..self.1 {
            let part = self.0.alloc_fmt(format_args!("<{i}>"));
            f.write_str(part)?;
        }
        Ok(())
    }
}

#[test]
fn display_that_allocates() {
    let arena = Arena::new();
    let text =
        arena.alloc_fmt(format_args!("{}|{}", Displaying(&arena, 3), Displaying(&arena, 500)));
    let expected: String = (0..500).map(|i| format!("<{i}>")).collect();
    assert_eq!(*text, format!("<0><1><2>|{expected}"));
}

#[test]
fn display_that_allocates_in_a_scope() {
    let mut arena = Arena::new();
    let scope = arena.scope();
    struct Names<'a, 's>(&'s ratoon_arena::Scope<'a>);
    impl fmt::Display for Names<'_, '_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            (0..100).try_for_each(|i| f.write_str(self.0.alloc_fmt(format_args!("{i},"))))
        }
    }
    let text = scope.alloc_fmt(format_args!("{}", Names(&scope)));
    assert_eq!(text.split(',').count(), 101);
    assert!(text.ends_with("98,99,"));
}

#[test]
fn drop_that_allocates() {
    // A boxed value is dropped while the arena is borrowed, so its drop may allocate there.
    struct Dropping<'a>(&'a Arena);
    impl Drop for Dropping<'_> {
        fn drop(&mut self) {
            assert_eq!(self.0.alloc_str("from drop"), "from drop");
        }
    }
    let arena = Arena::new();
    let boxed = arena.alloc_box(Dropping(&arena));
    let after = arena.alloc_str("after");
    drop(boxed);
    assert_eq!(after, "after");
}

#[test]
fn panic_half_way_through_a_slice() {
    let mut arena = Arena::new();
    let before = arena.alloc_str("before").len();
    for stop in [0, 1, 500] {
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            arena.alloc_slice_fill_with(1000, |i| {
                assert_ne!(i, stop, "half way");
                i as u64
            });
        }));
        assert!(outcome.is_err());
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            arena.alloc_slice_fill_iter((0..1000).inspect(|i| assert_ne!(*i, stop, "half way")));
        }));
        assert!(outcome.is_err());
    }
    assert_eq!(before, 6);
    assert_eq!(arena.alloc_slice_fill_with(3, |i| i), [0, 1, 2]);
    arena.reset();
    assert_eq!(arena.used(), 0);
}

/// An iterator that panics in the method with this name.
struct Panics(&'static str);

impl IntoIterator for Panics {
    type Item = u8;
    type IntoIter = PanicsLater;

    fn into_iter(self) -> PanicsLater {
        assert_ne!(self.0, "into_iter", "half way");
        PanicsLater(self.0, 0)
    }
}

struct PanicsLater(&'static str, u8);

impl Iterator for PanicsLater {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        self.1 += 1;
        assert!(self.0 != "next" || self.1 < 100, "half way");
        Some(self.1)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        assert_ne!(self.0, "size_hint", "half way");
        (0, None)
    }
}

#[test]
fn iterator_that_panics_in_any_method() {
    let (arena, shared) = (Arena::new(), SyncArena::new());
    for method in ["into_iter", "size_hint", "next"] {
        let used = arena.used();
        assert!(catch_unwind(|| arena.alloc_slice_fill_iter(Panics(method)).len()).is_err());
        assert!(catch_unwind(|| arena.try_alloc_slice_fill_iter(Panics(method)).is_ok()).is_err());
        assert_eq!(arena.used(), used, "an unfinished slice is released");
        let used = shared.used();
        assert!(catch_unwind(|| shared.alloc_slice_fill_iter(Panics(method)).len()).is_err());
        assert_eq!(shared.used(), used, "an unfinished slice is released");
    }
}

#[test]
fn clone_that_panics() {
    use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
    static CLONES: AtomicUsize = AtomicUsize::new(0);
    #[derive(Debug, PartialEq)]
    struct Breaks(u8);
    impl Clone for Breaks {
        fn clone(&self) -> Self {
            assert_ne!(CLONES.fetch_add(1, Relaxed) % 8, 7, "half way");
            Breaks(self.0)
        }
    }
    let (arena, shared) = (Arena::new(), SyncArena::new());
    let source: Vec<Breaks> = (0..8).map(Breaks).collect();
    assert!(catch_unwind(|| arena.alloc_slice_clone(&source).len()).is_err());
    assert!(catch_unwind(|| arena.try_alloc_slice_clone(&source).is_ok()).is_err());
    assert!(catch_unwind(|| shared.alloc_slice_clone(&source).len()).is_err());
    assert_eq!(arena.alloc_slice_clone(&source[..7]), &source[..7]);
    CLONES.store(0, Relaxed);
    assert_eq!(shared.alloc_slice_clone(&source[..7]), &source[..7]);
}

#[test]
fn drop_of_a_box_that_panics() {
    struct Breaks;
    impl Drop for Breaks {
        fn drop(&mut self) {
            panic!("dropped");
        }
    }
    let (arena, shared) = (Arena::new(), SyncArena::new());
    assert!(catch_unwind(|| drop(arena.alloc_box(Breaks))).is_err());
    assert!(catch_unwind(|| drop(shared.alloc_box(Breaks))).is_err());
    std::mem::forget(ArenaBox::into_inner(arena.alloc_box(Breaks)));
    assert_eq!([arena.alloc_str("usable"), shared.alloc_str("usable")], ["usable"; 2]);
}

#[test]
fn panic_half_way_through_text() {
    struct Panics;
    impl fmt::Display for Panics {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("written before the panic")?;
            panic!("half way");
        }
    }
    let arena = Arena::new();
    let outcome =
        catch_unwind(AssertUnwindSafe(|| arena.alloc_fmt(format_args!("{Panics}")).len()));
    assert!(outcome.is_err());
    assert_eq!(arena.used(), 0, "an unfinished text is released");
    assert_eq!(arena.alloc_fmt(format_args!("{}", 1)), "1");
}

#[test]
fn display_that_fails() {
    struct Fails;
    impl fmt::Display for Fails {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            Err(fmt::Error)
        }
    }
    let arena = Arena::new();
    assert_eq!(arena.try_alloc_fmt(format_args!("a{Fails}")), Err(AllocError::Format));
    assert_eq!(arena.used(), 0);
}
