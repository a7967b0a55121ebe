//! Scopes and child scopes: what they release, and that forgetting one only leaks.

use std::alloc::Layout;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use allocator_api2::alloc::Allocator;
use ratoon_arena::{Arena, Child, Scope};

#[test]
fn values_outlive_the_scope_value() {
    let mut arena = Arena::new();
    let number = {
        let scope = arena.scope();
        scope.alloc(7)
    };
    *number += 1;
    assert_eq!(*number, 8);
    arena.reset();
}

#[test]
fn child_releases_all_that_it_took() {
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    let outer = scope.alloc_str("outer");
    let used = scope.used();
    for size in [1, 100, 5_000, 100_000, 1_000_000] {
        let len = scope.child(|child| child.alloc_slice_fill_with(size, |_| 1_u8).len());
        assert_eq!((len, scope.used()), (size, used));
    }
    assert_eq!(outer, "outer");
    assert_eq!(arena.stats().oversized, 0);
    assert!(arena.stats().high_water >= 1_000_000);
}

#[test]
fn chunks_of_a_child_are_used_again() {
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    let mut round = || {
        scope.child(|child| {
            for i in 0..2_000_u64 {
                child.alloc(i);
            }
        });
    };
    round();
    round();
    for _ in 0..100 {
        round();
    }
    let stats = arena.stats();
    assert!(stats.allocator_calls <= 4, "{stats:?}");
}

#[test]
fn child_refers_to_what_is_outside() {
    struct Node<'n> {
        name: &'n str,
        parent: Option<&'n Node<'n>>,
    }
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    let root = &*scope.alloc(Node { name: scope.alloc_str("root"), parent: None });
    let depth = scope.child(|mut child| {
        let node = &*child.alloc(Node { name: child.alloc_str("child"), parent: Some(root) });
        child.child(|inner| {
            let leaf = inner.alloc(Node { name: inner.alloc_str("leaf"), parent: Some(node) });
            let mut names = vec![leaf.name];
            let mut next = leaf.parent;
            while let Some(node) = next {
                names.push(node.name);
                next = node.parent;
            }
            names.join("<")
        })
    });
    assert_eq!(depth, "leaf<child<root");
    assert_eq!(root.name, "root");
}

#[test]
fn child_ends_on_panic() {
    let dropped = Arc::new(());
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    let kept = scope.alloc_str("kept");
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        scope.child(|child| {
            child.alloc_slice_fill_with(10_000, |_| 0_u8);
            child.alloc_deferred(Arc::clone(&dropped));
            panic!("in the child");
        })
    }));
    assert!(outcome.is_err());
    assert_eq!(Arc::strong_count(&dropped), 1);
    assert_eq!(scope.used(), kept.len());
    assert_eq!(kept, "kept");
}

#[test]
#[expect(clippy::forget_non_drop, reason = "stays true should a scope get a `Drop`")]
fn forgotten_scope_only_leaks() {
    let dropped = Arc::new(());
    let mut arena = Arena::new();
    let scope = arena.scope();
    scope.alloc_deferred(Arc::clone(&dropped));
    mem::forget(scope);
    let first = std::ptr::from_ref(arena.alloc(1_u64)).addr();
    let second = std::ptr::from_ref(arena.alloc_deferred(Arc::clone(&dropped))).addr();
    assert_ne!(first, second);
    arena.reset();
    assert_eq!(Arc::strong_count(&dropped), 1, "the list survives a forgotten scope");
    assert_eq!(arena.used(), 0);
}

#[test]
#[expect(clippy::forget_non_drop, reason = "stays true should a child get a `Drop`")]
fn forgotten_child_ends_all_the_same() {
    let dropped = Arc::new(());
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    scope.child(|child| {
        child.alloc_deferred(Arc::clone(&dropped));
        mem::forget(child);
    });
    assert_eq!(Arc::strong_count(&dropped), 1);
    assert_eq!(scope.used(), 0);
    let again = scope.alloc_slice_fill_with(100, |i| i);
    assert!(again.iter().enumerate().all(|(i, &element)| i == element));
}

#[test]
fn children_of_two_arenas_exchanged() {
    // Both children are shortened to one lifetime to be exchanged; each arena still goes back to its
    // own state.
    fn exchange<'c, 's: 'c>(a: &mut Child<'c, 's>, b: &mut Child<'c, 's>) {
        mem::swap(a, b);
    }
    let (mut one, mut two) = (Arena::new(), Arena::new());
    let (mut one, mut two) = (one.scope(), two.scope());
    one.alloc(1_u64);
    two.alloc_slice_copy(&[2_u64; 2]);
    one.child(|mut a| {
        let kept = a.alloc_str("in one");
        a.child(|a| {
            two.child(|b| {
                let (mut a, mut b) = (a, b);
                exchange(&mut a, &mut b);
                a.alloc_slice_copy(&[0_u8; 100]);
                b.alloc_slice_copy(&[0_u8; 200]);
                a.child(|inner| inner.alloc_str("in two").len());
            });
        });
        assert_eq!(kept, "in one");
        assert_eq!(a.used(), 8 + kept.len());
    });
    assert_eq!((one.used(), two.used()), (8, 16));
}

#[test]
fn scopes_exchanged() {
    fn fill<'a>(scope: &mut Scope<'a>, other: &mut Scope<'a>) -> &'a str {
        mem::swap(scope, other);
        scope.alloc_str("text")
    }
    let (mut one, mut two) = (Arena::new(), Arena::new());
    let text = fill(&mut one.scope(), &mut two.scope());
    assert_eq!(text, "text");
    assert_eq!((one.used(), two.used()), (0, 4));
}

#[test]
fn block_of_an_outer_scope_grown_in_a_child() {
    let old = Layout::from_size_align(8, 8).unwrap();
    let new = Layout::from_size_align(64, 8).unwrap();
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    let block = (&scope).allocate(old).unwrap().cast::<u8>();
    // SAFETY: a block of 8 bytes.
    unsafe { block.write_bytes(7, 8) };
    scope.child(|child| {
        let scope: &Scope<'_> = &child;
        // SAFETY: in use with this layout; the new size is larger.
        let grown = unsafe { scope.grow(block, old, new) }.unwrap().cast::<u8>();
        assert_ne!(grown, block, "it would move the ground on which the child stands");
        // SAFETY: 8 bytes were copied.
        assert_eq!(unsafe { grown.cast::<[u8; 8]>().read() }, [7; 8]);
        let fresh = child.alloc(1_u64);
        assert!(std::ptr::from_mut(fresh).addr() >= block.addr().get() + 8);
    });
    assert_eq!(scope.used(), 8, "the child's end is where it began");
    // SAFETY: the old block still is what it was: 8 bytes of this scope.
    assert_eq!(unsafe { block.cast::<[u8; 8]>().read() }, [7; 8]);
}

#[test]
fn block_of_an_outer_scope_released_in_a_child() {
    let layout = Layout::from_size_align(8, 8).unwrap();
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    let block = (&scope).allocate(layout).unwrap().cast::<u8>();
    scope.child(|child| {
        let scope: &Scope<'_> = &child;
        // SAFETY: in use with this layout, and not used any more.
        unsafe { scope.deallocate(block, layout) };
        assert_eq!(child.used(), 8, "a child takes nothing of what lies under it");
    });
    assert_eq!(scope.used(), 8);
}

#[test]
fn nested_children_without_end() {
    fn nest(mut child: Child<'_, '_>, depth: usize) -> usize {
        child.alloc(depth);
        let used = child.used();
        if depth > 0 {
            child.child(|inner| nest(inner, depth - 1));
        }
        assert_eq!(child.used(), used);
        used
    }
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    scope.child(|child| nest(child, 1000));
    assert_eq!(scope.used(), 0);
}
