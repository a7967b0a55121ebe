//! The arenas against `bumpalo`: the same program must give the same bytes.

use allocator_api2_02::alloc::Allocator;
use proptest::collection::vec;
use proptest::prelude::*;
use ratoon_arena::{Arena, SyncArena};
use std::alloc::Layout;
use std::ptr::NonNull;

#[derive(Clone, Debug)]
enum Op {
    Alloc { size: usize, align: u32 },
    Resize { which: usize, size: usize },
    Free { which: usize },
    Text(String),
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        (0_usize..3000, 0_u32..8).prop_map(|(size, align)| Op::Alloc { size, align }),
        (any::<usize>(), 0_usize..3000).prop_map(|(which, size)| Op::Resize { which, size }),
        any::<usize>().prop_map(|which| Op::Free { which }),
        "[ -~]{0,40}".prop_map(Op::Text),
    ]
}

/// Runs a program and returns the bytes of all blocks and all texts.
fn run(allocator: impl Allocator, text: impl Fn(&str) -> String, ops: &[Op]) -> Vec<Vec<u8>> {
    let mut blocks: Vec<(NonNull<u8>, Layout)> = Vec::new();
    let mut texts = Vec::new();
    for (i, op) in ops.iter().enumerate() {
        let count = blocks.len().max(1);
        match op {
            Op::Alloc { size, align } => {
                let layout = Layout::from_size_align(*size, 1 << align).unwrap();
                let block = allocator.allocate(layout).unwrap().cast::<u8>();
                // SAFETY: a fresh block of `size` bytes.
                unsafe { block.write_bytes(i as u8, *size) };
                blocks.push((block, layout));
            }
            Op::Resize { which, size } => {
                let Some((block, old)) = blocks.get_mut(which % count) else { continue };
                let new = Layout::from_size_align(*size, old.align()).unwrap();
                if new.size() >= old.size() {
                    // SAFETY: in use with this layout; the new size is not smaller.
                    *block = unsafe { allocator.grow(*block, *old, new) }.unwrap().cast();
                    // SAFETY: the old size is within the block.
                    let tail = unsafe { block.add(old.size()) };
                    // SAFETY: the block has the new size.
                    unsafe { tail.write_bytes(i as u8, new.size() - old.size()) };
                } else {
                    // SAFETY: in use with this layout; the new size is smaller.
                    *block = unsafe { allocator.shrink(*block, *old, new) }.unwrap().cast();
                }
                *old = new;
            }
            Op::Free { which } => {
                if !blocks.is_empty() {
                    let (block, layout) = blocks.remove(which % count);
                    // SAFETY: in use with this layout, and not used any more.
                    unsafe { allocator.deallocate(block, layout) };
                }
            }
            Op::Text(source) => texts.push(text(source).into_bytes()),
        }
    }
    let bytes = blocks.iter().map(|(block, layout)| {
        // SAFETY: in use with this layout, and written in full.
        unsafe { std::slice::from_raw_parts(block.as_ptr(), layout.size()) }.to_vec()
    });
    bytes.chain(texts).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn same_bytes_as_bumpalo(ops in vec(op(), 0..120)) {
        let bump = bumpalo::Bump::new();
        let theirs = run(&bump, |text| bump.alloc_str(text).to_owned(), &ops);
        let arena = Arena::new();
        let ours = run(&arena, |text| arena.alloc_str(text).to_owned(), &ops);
        prop_assert_eq!(&ours, &theirs);
        let shared = SyncArena::new();
        let ours = run(&shared, |text| shared.alloc_str(text).to_owned(), &ops);
        prop_assert_eq!(&ours, &theirs);
    }
}
