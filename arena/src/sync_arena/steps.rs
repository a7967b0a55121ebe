//! The arithmetic of a cursor that several threads advance, on plain integers.
//!
//! A cursor is an offset into the data of a chunk and moves in multiples of [`GRAIN`]; data begins
//! at an address that is a multiple of it. So blocks of ordinary alignment need no look at the cursor
//! before it is moved, and stronger alignment is bought with a longer step.
#![forbid(unsafe_code)]

use core::alloc::Layout;

/// What steps are multiples of, and the alignment that costs nothing.
pub(super) const GRAIN: usize = 8;

/// The longest step that is taken before anything is known about the room left.
///
/// It bounds how far a cursor overshoots: a thread overshoots a chunk once at most, and every thread
/// has a stack of its own that is at least this large. So chunk and overshoot together are less
/// than the address space, and the cursor cannot wrap.
const LONGEST_BLIND_STEP: usize = 4096;

/// How far the cursor must move for a block that is certain to contain `layout`, wherever it starts.
/// `None` if that does not fit an `isize`.
#[inline(always)]
pub(super) const fn step(layout: Layout) -> Option<usize> {
    // The size rounded up to the alignment fits an `isize`, so the sum does not wrap.
    let slack = layout.align().saturating_sub(GRAIN);
    round_up(layout.size() + slack)
}

/// `size` in whole grains. `None` if that does not fit an `isize`.
#[inline(always)]
pub(super) const fn round_up(size: usize) -> Option<usize> {
    if size > isize::MAX as usize - (GRAIN - 1) {
        return None;
    }
    Some((size + (GRAIN - 1)) & !(GRAIN - 1))
}

/// The longest step that may be taken blindly in a chunk of `capacity` bytes. No more than a quarter
/// of it, because a step that does not fit wastes what is left.
#[inline]
pub(super) const fn longest_blind_step(capacity: usize) -> usize {
    if capacity / 4 < LONGEST_BLIND_STEP { capacity / 4 } else { LONGEST_BLIND_STEP }
}

/// Whether `step` bytes fit between `offset` and `capacity`.
#[inline(always)]
pub(super) const fn fits(offset: usize, step: usize, capacity: usize) -> bool {
    offset <= capacity && step <= capacity - offset
}

/// Bytes to skip from `address` to the next multiple of `align`.
#[inline(always)]
pub(super) const fn padding(address: usize, align: usize) -> usize {
    debug_assert!(align.is_power_of_two());
    address.wrapping_neg() & (align - 1)
}

#[cfg(test)]
mod tests {
    use super::{GRAIN, LONGEST_BLIND_STEP, fits, longest_blind_step, padding, step};
    use core::alloc::Layout;
    use proptest::prelude::*;

    fn layout(size: usize, align: usize) -> Layout {
        Layout::from_size_align(size, align).unwrap()
    }

    #[test]
    fn ordinary_blocks_without_slack() {
        for align in [1, 2, 4, 8] {
            assert_eq!(step(layout(0, align)), Some(0));
            assert_eq!(step(layout(1, align)), Some(8));
            assert_eq!(step(layout(8, align)), Some(8));
            assert_eq!(step(layout(9, align)), Some(16));
        }
        assert_eq!(step(layout(16, 16)), Some(24));
        assert_eq!(step(layout(128, 128)), Some(248));
    }

    #[test]
    fn greatest_layouts_without_wrapping() {
        assert_eq!(step(layout(isize::MAX as usize, 1)), None);
        assert_eq!(step(layout(isize::MAX as usize - 7, 1)), Some(isize::MAX as usize - 7));
        let align = 1 << (usize::BITS - 2);
        assert_eq!(step(layout(1, align)), Some(align));
        assert_eq!(step(layout(align, align)), None);
        assert_eq!(step(layout(0, 1 << (usize::BITS - 1))), None);
    }

    #[test]
    fn longest_blind_step_of_small_and_large_chunks() {
        assert_eq!(longest_blind_step(0), 0);
        assert_eq!(longest_blind_step(1024), 256);
        assert_eq!(longest_blind_step(isize::MAX as usize), LONGEST_BLIND_STEP);
    }

    proptest! {
        #[test]
        fn block_inside_its_step(
            size in 1_usize..1 << 20,
            shift in 0_u32..16,
            start in (0_usize..1 << 40).prop_map(|n| n * GRAIN),
        ) {
            let align = 1 << shift;
            let step = step(layout(size, align)).unwrap();
            let padding = padding(start, align);
            prop_assert_eq!((start + padding) % align, 0);
            prop_assert!(padding + size <= step);
            prop_assert_eq!(step % GRAIN, 0);
        }

        #[test]
        fn room_that_is_never_exceeded(
            offset in any::<usize>(), step in any::<usize>(), capacity in any::<usize>(),
        ) {
            let exact = offset.checked_add(step).is_some_and(|end| end <= capacity);
            prop_assert_eq!(fits(offset, step, capacity), exact);
        }
    }
}
