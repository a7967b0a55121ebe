//! Strings and vectors that grow in the arena.

use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::fmt::{self, Write as _};
use std::hash::BuildHasher;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

use proptest::prelude::*;
use ratoon_arena::{AllocError, Arena, ArenaString, ArenaVec, Scope};

mod editing;
mod properties;

#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(256))]
struct Aligned(u8);

#[derive(Clone, Copy, Debug, PartialEq)]
struct Nothing;

#[test]
fn string_of_pieces() {
    let mut arena = Arena::new();
    let scope = arena.scope();
    let mut text = scope.string(0);
    assert!(text.is_empty());
    text.push_str("pieces");
    text.push(':');
    text.push('ä');
    text.push('\u{1F331}');
    write!(text, " {}-{:?}", 7, Some("x")).unwrap();
    text.extend([" and", " more"]);
    text.extend(['!', '¡']);
    text.make_ascii_uppercase();
    assert_eq!(text, "PIECES:ä\u{1F331} 7-SOME(\"X\") AND MORE!¡");
    assert_eq!(text.as_str().len(), text.len());
    let len = text.len();
    assert_eq!(text.into_str().len(), len);
    assert_eq!(arena.used(), len, "what was not needed is released");
}

#[test]
fn string_cut_and_used_again() {
    let arena = Arena::new();
    let mut text = arena.string(8);
    text.push_str("größer");
    text.truncate(100);
    assert_eq!(text, "größer");
    let outcome = catch_unwind(AssertUnwindSafe(|| text.truncate(3)));
    assert!(outcome.is_err(), "three bytes end within the ö");
    text.truncate(4);
    assert_eq!(text, "grö");
    text.clear();
    assert_eq!((text.len(), text.capacity() >= 8), (0, true));
    text.push_str("again");
    assert_eq!(text.into_str(), "again");
}

#[test]
fn string_like_others() {
    let arena = Arena::new();
    let make = |source: &str| {
        let mut text = arena.string(0);
        text.push_str(source);
        text
    };
    let (a, b) = (make("a"), make("b"));
    assert!(a < b && a == make("a") && a != b);
    assert!(a == *"a" && a == "a" && a != *"b" && a != "b");
    assert_eq!(format!("{a} {b:?} {:>3}", a), r#"a "b"   a"#);
    #[expect(
        clippy::mutable_key_type,
        reason = "the arena behind a key has cells, its text has not"
    )]
    let set: HashSet<ArenaString<'_, '_>> = HashSet::from([a, b]);
    assert!(set.contains("a") && !set.contains("c"), "hashes as a `str` does");
    let bytes: &[u8] = make("xyz").into_str().as_bytes();
    assert_eq!(bytes, b"xyz");
    assert_eq!(AsRef::<[u8]>::as_ref(&make("q")), AsRef::<str>::as_ref(&make("q")).as_bytes());
}

#[test]
fn vector_of_elements() {
    let mut arena = Arena::new();
    let scope = arena.scope();
    let mut vec = scope.vec(0);
    vec.push(1);
    vec.extend_from_slice(&[2, 3]);
    vec.extend(4..=6);
    assert_eq!(vec.pop(), Some(6));
    vec[0] = 9;
    vec.truncate(100);
    assert_eq!(vec, [9, 2, 3, 4, 5]);
    assert_ne!(vec, [9, 2, 3, 4, 6]);
    assert!(vec == [9, 2, 3, 4, 5][..] && vec != [9, 2, 3, 4][..]);
    vec.truncate(4);
    assert_eq!(vec.as_slice(), [9, 2, 3, 4]);
    assert_eq!((&vec).into_iter().sum::<i32>(), 18);
    for element in &mut vec {
        *element *= 2;
    }
    assert_eq!(format!("{vec:?}"), "[18, 4, 6, 8]");
    let slice = vec.into_slice();
    slice.sort_unstable();
    assert_eq!(slice, [4, 6, 8, 18]);
    assert_eq!(arena.used(), 16, "what was not needed is released");
}

#[test]
fn first_elements_of_a_vector() {
    fn capacity<T: Copy>(element: T) -> usize {
        let arena = Arena::with_capacity(8192);
        let mut vec = arena.vec(0);
        vec.push(element);
        vec.capacity()
    }
    assert_eq!([capacity(1_u8), capacity(1_u64), capacity([1_u8; 24])], [128, 16, 5]);
    assert_eq!([capacity([1_u8; 32]), capacity([1_u8; 33]), capacity([1_u8; 1024])], [4, 4, 4]);
    assert_eq!(capacity([1_u8; 1025]), 1);
}

#[test]
fn vectors_compared() {
    let arena = Arena::new();
    let (mut one, mut other) = (arena.vec(5), arena.vec(5));
    one.extend_from_slice(&[1, 2, 3]);
    other.extend_from_slice(one.as_ref());
    assert_eq!(one, other);
    other.pop();
    assert_ne!(one, other);
    assert_eq!(AsRef::<[i32]>::as_ref(&other), [1, 2]);
    let hasher = RandomState::new();
    assert_eq!(hasher.hash_one(&one), hasher.hash_one([1, 2, 3].as_slice()));
    assert_ne!(hasher.hash_one(&one), hasher.hash_one(&other));
}

#[test]
fn vectors_side_by_side_move_seldom() {
    let arena = Arena::new();
    let mut vecs = [arena.vec(0), arena.vec(0)];
    let mut moves = 0;
    for n in 0..10_000_u64 {
        for vec in &mut vecs {
            let before = vec.as_ptr();
            vec.push(n);
            moves += usize::from(vec.as_ptr() != before);
        }
    }
    assert!(vecs.iter().all(|vec| vec.iter().copied().eq(0..10_000)));
    // Each twice as large as the one before.
    assert!(moves <= 2 * 14, "{moves}");
}

#[test]
fn emptied_vector() {
    let arena = Arena::new();
    let mut vec = arena.vec(3);
    assert_eq!(vec.pop(), None::<u64>);
    vec.extend_from_slice(&[1, 2, 3]);
    vec.clear();
    assert_eq!((vec.len(), vec.capacity()), (0, 3));
    assert!(vec.into_slice().is_empty());
    assert_eq!(arena.used(), 0);
}

#[test]
fn elements_of_all_sizes() {
    let arena = Arena::new();
    let mut nothing = arena.vec(0);
    let mut aligned = arena.vec(0);
    let mut large = arena.vec(0);
    let mut bytes = arena.vec(0);
    for i in 0..100_u8 {
        nothing.push(Nothing);
        aligned.push(Aligned(i));
        large.push([i; 3000]);
        bytes.push(i);
    }
    assert_eq!((nothing.len(), nothing.capacity()), (100, usize::MAX));
    assert_eq!(nothing.pop(), Some(Nothing));
    assert_eq!(nothing.into_slice(), [Nothing; 99]);
    assert_eq!(arena.vec::<Nothing>(5).capacity(), usize::MAX);
    assert_eq!(arena.try_vec::<Nothing>(5).map(|vec| vec.capacity()), Ok(usize::MAX));
    for (i, value) in aligned.iter().enumerate() {
        assert_eq!((usize::from(value.0), std::ptr::from_ref(value).addr() % 256), (i, 0));
    }
    assert!(large.iter().enumerate().all(|(i, block)| block.iter().all(|&b| b as usize == i)));
    assert!(bytes.into_slice().iter().copied().eq(0..100));
}

#[test]
fn growth_in_place_up_to_the_end_of_the_chunk() {
    let mut arena = Arena::with_capacity(4096);
    let scope = arena.scope();
    let mut text = scope.string(0);
    let place = text.as_ptr();
    text.push_str("x");
    let place = if place == text.as_ptr() { place } else { text.as_ptr() };
    for _ in 1..4096 {
        text.push('x');
    }
    // Doubling would not have fitted: the last steps took what was left.
    assert_eq!((text.as_ptr(), text.len(), text.capacity()), (place, 4096, 4096));
    text.push('y');
    assert_ne!(text.as_ptr(), place);
    assert!(text.starts_with("xxxx") && text.ends_with("xy"));
    assert_eq!(arena.stats().chunks, 2);
}

#[test]
fn several_that_grow_in_turn() {
    let mut arena = Arena::new();
    let scope = arena.scope();
    let (mut left, mut right, mut numbers) = (scope.string(0), scope.string(4), scope.vec(0));
    for i in 0..2000_u32 {
        write!(left, "{i},").unwrap();
        if i % 3 == 0 {
            right.push_str(scope.alloc_fmt(format_args!("<{i}>")));
        }
        numbers.push(i);
    }
    let (left, right): (&str, &str) = (left.into_str(), right.into_str());
    let expected: String = (0..2000).map(|i| format!("{i},")).collect();
    assert_eq!(left, expected);
    let expected: String = (0..2000).step_by(3).map(|i| format!("<{i}>")).collect();
    assert_eq!(right, expected);
    assert!(numbers.into_slice().iter().copied().eq(0..2000));
}

#[test]
fn finished_while_others_lie_behind() {
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    let mut text = scope.string(100);
    let behind = scope.alloc_str("behind");
    text.push_str("short");
    let text = text.into_str();
    assert_eq!(scope.used(), 106, "no room is released under another block");
    // The results live for the scope's memory, not for its borrow.
    let inner = scope.child(|child| child.alloc_concat(&[text, behind]).len());
    assert_eq!((inner, &*text, &*behind), (11, "short", "behind"));
}

#[test]
fn room_released_by_a_chunk_of_its_own() {
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    let kept = scope.alloc_slice_fill_with(100_000, |i| i as u8);
    let outer = scope.used();
    scope.child(|child| {
        let mut text = child.string(50_000);
        text.push_str("short");
        assert_eq!(text.into_str(), "short");
        let mut vec = child.vec(1000);
        vec.extend((0..20).map(Aligned));
        let vec = vec.into_slice();
        for (i, value) in vec.iter().enumerate() {
            assert_eq!((usize::from(value.0), std::ptr::from_ref(value).addr() % 256), (i, 0));
        }
        assert!(child.vec::<u64>(50_000).into_slice().is_empty());
        let used = child.used();
        drop(allocator_api2::vec::Vec::<u8, _>::with_capacity_in(90_000, &*child));
        assert_eq!((used, child.used()), (outer + 5 + 20 * 256, used));
    });
    assert_eq!(scope.used(), outer);
    assert!(kept.iter().enumerate().all(|(i, &byte)| byte == i as u8));
    assert_eq!(arena.stats().oversized, 1, "those of the child are gone");
}

#[test]
fn vectors_and_strings_in_nodes() {
    struct Node<'s, 'a> {
        name: ArenaString<'s, 'a>,
        children: ArenaVec<'s, 'a, &'a Node<'s, 'a>>,
    }
    fn grow<'s, 'a>(scope: &'s Scope<'a>, depth: u32, name: &str) -> &'a Node<'s, 'a> {
        let mut node = Node { name: scope.string(0), children: scope.vec(0) };
        node.name.push_str(name);
        for i in 0..depth {
            node.children.push(grow(scope, depth - 1, &format!("{name}.{i}")));
        }
        scope.alloc(node)
    }
    fn count(node: &Node<'_, '_>) -> usize {
        assert!(node.children.iter().all(|child| child.name.starts_with(&*node.name)));
        1 + node.children.iter().map(|child| count(child)).sum::<usize>()
    }
    let mut arena = Arena::new();
    let scope = arena.scope();
    assert_eq!(count(grow(&scope, 4, "root")), 65);
}

#[test]
fn growth_up_to_the_limit() {
    let arena = Arena::builder().limit(1000).build();
    let mut text = arena.string(0);
    for i in 0..1000 {
        assert!(text.try_push_str("x").is_ok(), "{i} of 1000");
    }
    let error = text.try_push_str("y").unwrap_err();
    assert_eq!(error, AllocError::Limit { requested: 1001, used: 1000, limit: 1000 });
    assert!(write!(text, "y").is_err());
    assert_eq!(text.try_push('y'), Err(error));
    text.truncate(997);
    assert!(text.try_push('\u{1F331}').is_err(), "four bytes where three fit");
    assert_eq!(text.try_push('\u{20AC}'), Ok(()));
    assert!(text.ends_with("x\u{20AC}"));
    text.truncate(997);
    text.push_str("xxx");
    assert!(text.try_reserve(1).is_err() && text.try_reserve(0).is_ok());
    assert!(catch_unwind(AssertUnwindSafe(|| text.push('y'))).is_err());
    assert_eq!(*text.into_str(), "x".repeat(1000));
    assert!(arena.try_string(1).is_err());

    let arena = Arena::builder().limit(800).build();
    let mut words = arena.vec(0);
    while words.try_push(words.len()).is_ok() {}
    assert_eq!(words.len(), 100);
    let rejected = words.try_push(7).unwrap_err();
    assert_eq!(rejected.value, 7);
    assert!(matches!(rejected.error, AllocError::Limit { .. }));
    assert!(words.try_extend_from_slice(&[1]).is_err());
    assert!(words.try_reserve(1).is_err());
    assert!(words.into_slice().iter().copied().eq(0..100));
    assert!(arena.try_vec::<u8>(1).is_err());
}

#[test]
fn capacities_that_overflow() {
    let arena = Arena::new();
    assert_eq!(arena.try_string(usize::MAX).unwrap_err(), AllocError::Overflow);
    assert_eq!(arena.try_vec::<u64>(usize::MAX / 8).unwrap_err(), AllocError::Overflow);
    assert!(catch_unwind(AssertUnwindSafe(|| arena.vec::<u64>(usize::MAX).len())).is_err());
    let mut vec = arena.vec(0);
    vec.push(1_u64);
    assert_eq!(vec.try_reserve(usize::MAX), Err(AllocError::Overflow));
    assert_eq!(vec.try_reserve(usize::MAX / 8), Err(AllocError::Overflow));
    let mut nothing = arena.vec(usize::MAX);
    nothing.push(());
    assert_eq!(nothing.try_reserve(usize::MAX), Err(AllocError::Overflow));
    assert!(nothing.try_reserve(usize::MAX - 1).is_ok());
    // A hint is a wish, and its refusal no error.
    vec.extend((0..3).chain((0..).take_while(|_| false)));
    assert_eq!(vec, [1, 0, 1, 2]);
}

#[test]
fn iterator_that_panics_while_it_extends() {
    let mut arena = Arena::new();
    let scope = arena.scope();
    let mut vec = scope.vec(0);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        vec.extend((0..10).inspect(|&i| assert_ne!(i, 5, "half way")));
    }));
    assert!(outcome.is_err());
    assert_eq!(vec, [0, 1, 2, 3, 4]);
    let mut text = scope.string(0);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        text.extend("abcdef".chars().inspect(|&c| assert_ne!(c, 'd', "half way")));
    }));
    assert!(outcome.is_err());
    text.push('!');
    assert_eq!(text, "abc!");
}

#[test]
fn display_that_panics_or_fails_while_it_is_written() {
    struct Breaks(bool);
    impl fmt::Display for Breaks {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("begun")?;
            assert!(self.0, "half way");
            Err(fmt::Error)
        }
    }
    let arena = Arena::new();
    let mut text = arena.string(0);
    assert!(write!(text, "1{}", Breaks(true)).is_err());
    assert!(catch_unwind(AssertUnwindSafe(|| write!(text, "2{}", Breaks(false)))).is_err());
    assert_eq!(text, "1begun2begun", "what came before stays, as in a `String`");
}

#[test]
#[expect(clippy::forget_non_drop, reason = "stays true should they get a `Drop`")]
fn forgotten_ones_only_leak() {
    let mut arena = Arena::new();
    let scope = arena.scope();
    let mut text = scope.string(0);
    text.push_str("forgotten");
    let mut vec = scope.vec(0);
    vec.push(7_u64);
    mem::forget((text, vec));
    assert_eq!(scope.alloc_str("unharmed"), "unharmed");
    arena.reset();
    assert_eq!(arena.used(), 0);
}

#[test]
fn nothing_of_an_earlier_request() {
    let mut arena = Arena::new();
    for _ in 0..3 {
        arena.alloc_slice_fill_with(3000, |_| 0xAA_u8);
        arena.reset();
    }
    let mut text = arena.string(100);
    text.push_str("mine");
    assert_eq!((&*text, text.as_bytes()), ("mine", &b"mine"[..]));
    let vec = arena.vec::<u64>(100);
    assert!(vec.is_empty() && vec.into_slice().is_empty());
}
