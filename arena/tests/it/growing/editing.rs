//! Editing in the middle, against `Vec` and `String`.

use std::io::{self, Write as _};

use super::*;

fn panics<T>(f: impl FnOnce() -> T) -> bool {
    catch_unwind(AssertUnwindSafe(f)).is_err()
}

/// A vector of these, and one of std.
fn both<'a>(arena: &'a Arena, elements: &[u32]) -> (ArenaVec<'a, 'a, u32>, Vec<u32>) {
    let mut vec = arena.vec(0);
    vec.extend(elements);
    (vec, elements.to_vec())
}

#[test]
fn element_inserted_and_removed_at_each_index() {
    let arena = Arena::new();
    for index in 0..=4 {
        let (mut ours, mut theirs) = both(&arena, &[1, 2, 3, 4]);
        ours.insert(index, 9);
        theirs.insert(index, 9);
        assert_eq!(ours[..], theirs);
        ours.try_insert(index, 8).unwrap();
        theirs.insert(index, 8);
        assert_eq!(ours[..], theirs);
        assert_eq!(ours.remove(index), theirs.remove(index));
        assert_eq!(ours[..], theirs);
        assert_eq!(ours.swap_remove(index), theirs.swap_remove(index));
        assert_eq!(ours[..], theirs);
    }
}

#[test]
fn index_out_of_range() {
    let arena = Arena::new();
    let (mut vec, _) = both(&arena, &[1, 2]);
    assert!(panics(|| vec.insert(3, 9)));
    assert!(panics(|| vec.try_insert(3, 9)));
    assert!(panics(|| vec.remove(2)));
    assert!(panics(|| vec.swap_remove(2)));
    assert_eq!(vec, [1, 2]);
}

#[test]
fn elements_retained_and_deduplicated() {
    let arena = Arena::new();
    let (mut ours, mut theirs) = both(&arena, &[5, 5, 1, 1, 1, 2, 5, 7, 7]);
    ours.dedup_by_key(|n| *n);
    theirs.dedup_by_key(|n| *n);
    assert_eq!(ours[..], theirs);
    let change = |n: &mut u32| {
        *n += 1;
        *n % 3 == 0
    };
    ours.retain_mut(change);
    theirs.retain_mut(change);
    assert_eq!(ours[..], theirs);
    ours.clear();
    ours.retain(|_| true);
    ours.dedup_by_key(|n| *n);
    assert!(ours.is_empty());
}

#[test]
fn closure_that_panics_keeps_every_element() {
    let arena = Arena::new();
    for panic_at in 0..6 {
        let (mut vec, _) = both(&arena, &[1, 1, 2, 2, 3, 3]);
        let mut calls = 0;
        let outcome = panics(|| {
            vec.retain(|n| {
                calls += 1;
                assert!(calls <= panic_at, "as asked");
                *n != 1
            });
        });
        assert!(outcome);
        vec.sort_unstable();
        assert_eq!(vec, [1, 1, 2, 2, 3, 3]);
        let mut calls = 0;
        let outcome = panics(|| {
            vec.dedup_by_key(|n| {
                calls += 1;
                assert!(calls <= panic_at, "as asked");
                *n
            });
        });
        assert!(outcome);
        vec.sort_unstable();
        assert_eq!(vec, [1, 1, 2, 2, 3, 3]);
    }
}

#[derive(Debug)]
struct Clones<'c> {
    left: &'c std::cell::Cell<u32>,
}

impl Clone for Clones<'_> {
    fn clone(&self) -> Self {
        self.left.set(self.left.get().checked_sub(1).expect("no clone left"));
        Self { left: self.left }
    }
}

#[test]
fn vector_resized() {
    let arena = Arena::new();
    let (mut vec, _) = both(&arena, &[1]);
    vec.resize(3, 7);
    vec.try_resize(4, 8).unwrap();
    assert_eq!(vec, [1, 7, 7, 8]);
    vec.resize(4, 9);
    vec.try_resize(2, 9).unwrap();
    assert_eq!(vec, [1, 7]);
    vec.resize(0, 9);
    assert!(vec.is_empty());

    let left = std::cell::Cell::new(4);
    let mut vec = arena.vec(0);
    vec.resize(3, Clones { left: &left });
    assert_eq!((vec.len(), left.get()), (3, 2), "the last one is moved");
    assert!(panics(|| vec.resize(9, Clones { left: &left })));
    assert_eq!(vec.len(), 5, "the clones made before the panic");
    assert!(panics(|| vec.resize(usize::MAX, Clones { left: &left })));
    assert_eq!(vec.len(), 5);
}

#[test]
fn no_room_for_an_edit() {
    let arena = Arena::builder().limit(8).build();
    let mut vec = arena.vec(2);
    vec.extend(&[1_u32, 2]);
    assert_eq!(vec.try_insert(0, 3).unwrap_err().value, 3);
    assert!(vec.try_resize(3, 0).is_err() && vec.try_reserve(1).is_err());
    assert!(panics(|| vec.insert(0, 3)) && panics(|| vec.resize(3, 0)));
    assert!(panics(|| vec.reserve(1)));
    assert_eq!(vec, [1, 2]);

    let arena = Arena::builder().limit(2).build();
    let mut text = arena.string(2);
    text.push_str("ab");
    assert!(text.try_insert(1, 'c').is_err() && text.try_insert_str(1, "d").is_err());
    assert!(panics(|| text.insert(1, 'c')) && panics(|| text.reserve(1)));
    assert_eq!(text, "ab");
    text.try_insert_str(1, "").unwrap();
    assert_eq!(text, "ab");
}

#[test]
fn elements_by_value() {
    let arena = Arena::new();
    let (mut vec, _) = both(&arena, &[1, 2, 3, 4]);
    vec.reserve(100);
    let mut elements = vec.into_iter();
    assert_eq!(arena.used(), 16, "the rest is released");
    assert_eq!((elements.next(), elements.next_back(), elements.len()), (Some(1), Some(4), 2));
    assert_eq!(format!("{elements:?}"), "IntoIter([2, 3])");
    assert_eq!(elements.as_slice(), [2, 3]);
    assert_eq!(elements.by_ref().collect::<Vec<_>>(), [2, 3]);
    assert_eq!((elements.next(), elements.next_back()), (None, None));

    let mut nothing = arena.vec(0);
    nothing.extend([Nothing, Nothing]);
    assert_eq!(nothing.into_iter().count(), 2);
    let mut aligned = arena.vec(0);
    aligned.extend([Aligned(1), Aligned(2)]);
    assert_eq!(aligned.into_iter().rev().collect::<Vec<_>>(), [Aligned(2), Aligned(1)]);
    let mut exclusive = [1, 2];
    let mut references = arena.vec(0);
    references.extend(&mut exclusive);
    for element in references {
        *element += 1;
    }
    assert_eq!(exclusive, [2, 3]);
}

#[test]
fn elements_without_size_edited() {
    let arena = Arena::new();
    let mut vec = arena.vec(0);
    vec.insert(0, Nothing);
    vec.resize(3, Nothing);
    assert_eq!((vec.remove(1), vec.swap_remove(0), vec.len()), (Nothing, Nothing, 1));
    vec.retain(|_| false);
    assert!(vec.is_empty());
}

#[test]
fn bytes_written() {
    let arena = Arena::builder().limit(128).build();
    let mut bytes = arena.vec(0);
    write!(bytes, "n={}", 7).unwrap();
    assert_eq!(bytes.write(b"!").unwrap(), 1);
    bytes.flush().unwrap();
    assert_eq!(bytes, *b"n=7!");
    let error = bytes.write(&[0; 128]).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::OutOfMemory);
    assert!(error.into_inner().unwrap().is::<AllocError>());
    assert_eq!(bytes, *b"n=7!");
}

#[test]
fn text_edited_at_each_boundary() {
    let arena = Arena::new();
    let source = "aä€\u{1F331}z";
    for at in 0..=source.len() + 1 {
        let mut ours = arena.string(0);
        ours.push_str(source);
        if !source.is_char_boundary(at) {
            assert!(panics(|| ours.insert(at, 'x')) && panics(|| ours.insert_str(at, "")));
            assert!(panics(|| ours.try_insert(at, 'x')));
            assert!(panics(|| ours.remove(at)));
            assert_eq!(ours, source);
            continue;
        }
        let mut theirs = source.to_owned();
        if at < source.len() {
            assert_eq!(ours.remove(at), theirs.remove(at));
            assert_eq!(ours, *theirs);
        } else {
            assert!(panics(|| ours.remove(at)));
        }
        for c in ['x', 'ö', '\u{1F331}'] {
            ours.insert(at, c);
            theirs.insert(at, c);
            ours.try_insert(at, c).unwrap();
            theirs.insert(at, c);
        }
        ours.insert_str(at, "text");
        theirs.insert_str(at, "text");
        assert_eq!(ours, *theirs);
        while let Some(c) = theirs.pop() {
            assert_eq!(ours.pop(), Some(c));
        }
        assert_eq!(ours.pop(), None);
    }
}

#[test]
fn characters_retained() {
    let arena = Arena::new();
    let source = "aä€\u{1F331}zä\u{10FFFF}\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}";
    for kept in 0..1_u32 << 12 {
        let mut ours = arena.string(0);
        ours.push_str(source);
        let (mut bit, mut seen) = (0, String::new());
        ours.retain(|c| {
            seen.push(c);
            bit += 1;
            kept & (1 << (bit - 1)) != 0
        });
        assert_eq!(seen, source);
        let expected = source.chars().enumerate().filter(|(i, _)| kept & (1 << i) != 0);
        assert_eq!(ours, *expected.map(|(_, c)| c).collect::<String>());
    }
}

#[test]
fn closure_that_panics_leaves_what_was_kept() {
    let arena = Arena::new();
    let mut text = arena.string(0);
    text.push_str("äbc€d\u{1F331}");
    let outcome = panics(|| {
        text.retain(|c| {
            assert!(c != 'd', "as asked");
            c != 'ä'
        });
    });
    assert!(outcome);
    assert_eq!(text, "bc€");
}
