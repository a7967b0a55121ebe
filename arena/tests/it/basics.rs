//! Values, slices and strings, of all kinds of types.

use std::mem::ManuallyDrop;
use std::rc::Rc;

use ratoon_arena::{Arena, ArenaBox};

#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(128))]
struct OverAligned(u8);

#[test]
fn values_of_all_sizes_and_alignments() {
    let arena = Arena::new();
    let byte = arena.alloc(1_u8);
    let word = arena.alloc(2_u64);
    let aligned = arena.alloc(OverAligned(3));
    let large = arena.alloc([4_u8; 1 << 18]);
    let nothing = arena.alloc(());
    assert_eq!((*byte, *word, *aligned, large[(1 << 18) - 1]), (1, 2, OverAligned(3), 4));
    assert_eq!(std::ptr::from_ref(aligned).addr() % 128, 0);
    assert_eq!(*nothing, ());
}

#[test]
fn zero_sized_value_in_an_empty_arena() {
    #[derive(Debug)]
    #[repr(align(4096))]
    struct Nothing;
    let arena = Arena::new();
    let nothing = std::ptr::from_ref(arena.alloc(Nothing)).addr();
    assert_eq!(nothing % 4096, 0);
    assert_ne!(nothing, 0);
    assert!(arena.alloc_slice_copy::<u64>(&[]).is_empty());
    assert_eq!(arena.alloc_slice_fill_with(1_000_000, |_| ()).len(), 1_000_000);
    assert_eq!(arena.alloc_str(""), "");
    assert_eq!(arena.alloc_concat(&[]), "");
    assert_eq!(arena.alloc_concat(&["", ""]), "");
    assert_eq!(arena.alloc_fmt(format_args!("")), "");
    let stats = arena.stats();
    assert_eq!((stats.used, stats.capacity, stats.allocator_calls), (0, 0, 0));
}

#[test]
fn slices() {
    let arena = Arena::new();
    let copied = arena.alloc_slice_copy(&[1, 2, 3]);
    let cloned = arena.alloc_slice_clone(&[Some(4), None]);
    let filled = arena.alloc_slice_fill_with(5, |i| i * 2);
    let collected = arena.alloc_slice_fill_iter((0..100).filter(|i| i % 9 == 0));
    copied[0] = 9;
    assert_eq!(copied, [9, 2, 3]);
    assert_eq!(cloned, [Some(4), None]);
    assert_eq!(filled, [0, 2, 4, 6, 8]);
    assert_eq!(collected, [0, 9, 18, 27, 36, 45, 54, 63, 72, 81, 90, 99]);
}

#[test]
fn slices_by_way_of_a_scope() {
    let mut arena = Arena::new();
    let scope = arena.scope();
    let none = [Some(4), None];
    assert_eq!(scope.alloc_slice_copy(&[1, 2]), [1, 2]);
    assert_eq!(scope.try_alloc_slice_copy(&[1, 2]).unwrap(), [1, 2]);
    assert_eq!(scope.alloc_slice_clone(&none), none);
    assert_eq!(scope.try_alloc_slice_clone(&none).unwrap(), none);
    assert_eq!(scope.alloc_slice_fill_with(3, |i| i), [0, 1, 2]);
    assert_eq!(scope.try_alloc_slice_fill_with(3, |i| i).unwrap(), [0, 1, 2]);
    assert_eq!(scope.alloc_slice_fill_iter(7..9), [7, 8]);
    assert_eq!(scope.try_alloc_slice_fill_iter(7..9).unwrap(), [7, 8]);
}

#[test]
fn strings_of_every_short_length() {
    let arena = Arena::new();
    let text: String = ('a'..='z').cycle().take(300).collect();
    for len in 0..300 {
        let copy = arena.alloc_str(&text[..len]);
        let joined = arena.alloc_concat(&[&text[..len / 3], &text[len / 3..len], "", &text[len..]]);
        assert_eq!(copy, &text[..len]);
        assert_eq!(*joined, text);
    }
}

#[test]
fn formatted_text() {
    let arena = Arena::new();
    let long = "x".repeat(10_000);
    let text = arena.alloc_fmt(format_args!("{:>5}|{long}|{:?}", 42, Some("ä")));
    assert_eq!(*text, format!("{:>5}|{long}|{:?}", 42, Some("ä")));
    assert_eq!(arena.alloc_fmt(format_args!("literal")), "literal");
}

#[test]
fn formatted_text_takes_no_more_than_its_length() {
    let arena = Arena::new();
    arena.alloc_fmt(format_args!("{}{}{}", "abc", 17, 'x'));
    assert_eq!(arena.used(), 6);
}

#[test]
fn iterator_with_a_wrong_size_hint() {
    struct Liar(usize, usize);
    impl Iterator for Liar {
        type Item = usize;
        fn next(&mut self) -> Option<usize> {
            self.0 = self.0.checked_sub(1)?;
            Some(self.0)
        }
        fn size_hint(&self) -> (usize, Option<usize>) {
            (self.1, Some(self.1))
        }
    }
    let arena = Arena::new();
    assert_eq!(arena.alloc_slice_fill_iter(Liar(4, 1)), [3, 2, 1, 0]);
    assert_eq!(arena.alloc_slice_fill_iter(Liar(3, 100)), [2, 1, 0]);
    assert_eq!(arena.used(), 7 * size_of::<usize>());
    assert!(arena.try_alloc_slice_fill_iter(Liar(3, usize::MAX)).is_err());
}

#[test]
fn boxed_value_dropped_with_its_box() {
    let counted = Rc::new(());
    let arena = Arena::new();
    let first = arena.alloc_box(Rc::clone(&counted));
    let second = arena.alloc_box(Rc::clone(&counted));
    assert_eq!(Rc::strong_count(&counted), 3);
    drop(first);
    assert_eq!(Rc::strong_count(&counted), 2);
    let taken = ArenaBox::into_inner(second);
    assert_eq!(Rc::strong_count(&counted), 2);
    drop(taken);
    assert_eq!(Rc::strong_count(&counted), 1);
}

#[test]
fn leaked_knowingly() {
    let counted = Rc::new(());
    let mut arena = Arena::new();
    arena.alloc(ManuallyDrop::new(Rc::clone(&counted)));
    arena.reset();
    assert_eq!(Rc::strong_count(&counted), 2);
}

#[test]
fn figures() {
    let mut arena = Arena::with_capacity(1000);
    assert!(arena.capacity() >= 1000);
    arena.alloc_slice_copy(&[0_u8; 600]);
    arena.reset();
    arena.alloc_slice_copy(&[0_u8; 100]);
    let stats = arena.stats();
    assert_eq!((stats.used, stats.high_water), (100, 600));
    assert_eq!((stats.chunks, stats.oversized), (1, 0));
    assert_eq!((stats.resets, stats.allocator_calls), (1, 1));
    assert_eq!(stats.capacity, arena.capacity());
    let shown = format!("Arena {{ stats: {stats:?}, .. }}");
    assert_eq!(format!("{arena:?}"), shown);
    let mut scope = arena.scope();
    assert_eq!(format!("{scope:?}"), format!("Scope {{ arena: {shown} }}"));
    scope.child(|child| assert_eq!(format!("{child:?}"), format!("Child {{ arena: {shown} }}")));
}

#[test]
fn size_of_the_first_chunk() {
    let capacity = |arena: Arena| {
        arena.alloc(1_u8);
        assert_eq!(arena.stats().chunks, 1);
        arena.capacity()
    };
    let usual = capacity(Arena::new());
    assert_eq!(capacity(Arena::builder().build()), usual);
    assert_eq!(capacity(Arena::builder().first_chunk(0).build()), usual);
    for bytes in [64, 4096, 100_000] {
        let first = capacity(Arena::builder().first_chunk(bytes).build());
        assert!((bytes..bytes + 4096).contains(&first), "{bytes} {first}");
    }
}

#[test]
fn boxes_show_their_value() {
    let arena = Arena::new();
    let boxed = arena.alloc_box(String::from("a\tb"));
    assert_eq!((format!("{boxed}"), format!("{boxed:?}")), ("a\tb".into(), r#""a\tb""#.into()));
    assert_eq!(format!("{boxed:>5}"), "  a\tb");
}

#[test]
fn calls_of_the_global_allocator_are_counted() {
    let mut arena = Arena::new();
    let calls = |arena: &Arena| arena.stats().allocator_calls;
    arena.alloc(1_u8);
    assert_eq!(calls(&arena), 1);
    arena.alloc_slice_copy(&[1_u8; 100_000]);
    assert_eq!((calls(&arena), arena.stats().oversized), (2, 1));
    arena.reset();
    assert_eq!(calls(&arena), 4, "the two are freed, for one that holds as much");
}

#[test]
fn constructors_in_constants() {
    static EMPTY: std::sync::Mutex<Arena> = std::sync::Mutex::new(Arena::new());
    const fn limited() -> Arena {
        Arena::builder().first_chunk(100).limit(200).build()
    }
    static LIMITED: std::sync::Mutex<Arena> = std::sync::Mutex::new(limited());
    let limited = LIMITED.lock().unwrap();
    assert_eq!(EMPTY.lock().unwrap().capacity(), 0);
    assert_eq!((limited.capacity(), limited.limit()), (0, 200));
}

#[test]
fn sizes_that_the_documentation_names() {
    assert!(size_of::<Arena>() <= 208, "{}", size_of::<Arena>());
    assert!(
        size_of::<ratoon_arena::SyncArena>() <= 2560,
        "{}",
        size_of::<ratoon_arena::SyncArena>()
    );
    assert_eq!(size_of::<ArenaBox<'_, String>>(), size_of::<usize>());
}

#[test]
fn slices_filled_with_one_value() {
    let mut arena = Arena::builder().limit(24).build();
    assert_eq!(arena.alloc_slice_fill_clone(2, &7_u32), [7, 7]);
    assert_eq!(arena.try_alloc_slice_fill_default::<u32>(2).unwrap(), [0, 0]);
    assert!(arena.try_alloc_slice_fill_clone(3, &7_u32).is_err());
    assert!(arena.try_alloc_slice_fill_default::<u32>(3).is_err());
    let scope = arena.scope();
    assert_eq!(scope.try_alloc_slice_fill_clone(1, &8_u32).unwrap(), [8]);
    assert_eq!(scope.alloc_slice_fill_default::<u32>(1), [0]);
    assert!(scope.try_alloc_slice_fill_default::<u8>(1).is_err());
    let shared = ratoon_arena::SyncArena::new();
    assert_eq!(shared.try_alloc_slice_fill_clone(2, &"x").unwrap(), ["x", "x"]);
    assert_eq!(shared.try_alloc_slice_fill_default::<u8>(2).unwrap(), [0, 0]);
}
