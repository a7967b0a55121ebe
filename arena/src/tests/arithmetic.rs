//! What must hold of the cursor arithmetic for whatever input, checked against sums that cannot
//! wrap. The property test and the fuzz target share this file; it needs only `crate::bump`.

use core::alloc::Layout;

use crate::bump;

#[test]
fn largest_sizes() {
    const MOST: usize = isize::MAX as usize;
    let align = bump::CHUNK_ALIGN;
    let most = MOST + 1 - align;
    assert_eq!(bump::chunk_capacity(most), Some(most));
    assert_eq!(bump::chunk_capacity(most + 1), None);
    assert_eq!(bump::chunk_capacity(most - 1), Some(most));
    for (align, offset) in [(16, 32), (4096, 4096)] {
        // A layout must be an `isize` when rounded up to its alignment.
        let whole = MOST + 1 - align;
        assert_eq!(bump::chunk_layout(32, whole - offset, align), Some((offset, whole)));
        assert_eq!(bump::chunk_layout(32, whole - offset + 16, align), None);
    }
    assert!(bump::leaves_headroom(usize::MAX - bump::HEADROOM));
    assert!(!bump::leaves_headroom(usize::MAX - bump::HEADROOM + 1));
}

/// Checks all of `bump` with a chunk that has `room` bytes left at `cursor`, and a block of `size`
/// bytes at `2^align_log2`. Input that cannot occur is made to fit or is passed over.
pub(crate) fn check(cursor: usize, room: usize, size: usize, align_log2: u32) {
    let cursor = cursor.clamp(1, usize::MAX - bump::HEADROOM);
    let room = room.min(isize::MAX as usize).min(usize::MAX - bump::HEADROOM - cursor);
    let end = cursor + room;
    assert!(bump::leaves_headroom(end));
    let align = 1_usize << align_log2.min(usize::BITS - 2);
    let size = size.min(isize::MAX as usize);
    check_limit(cursor, end, size);
    check_capacity(size, align);
    if let Ok(layout) = Layout::from_size_align(size, align) {
        check_place(cursor, end, layout);
    }
}

fn check_place(cursor: usize, end: usize, layout: Layout) {
    let (size, align) = (layout.size(), layout.align());
    let placed = bump::place(cursor, end, size, align);

    let wide_start = (cursor as u128).next_multiple_of(align as u128);
    let fits = wide_start + size as u128 <= end as u128;
    assert_eq!(placed.is_some(), fits, "{cursor:#x}..{end:#x} {layout:?}");
    if size % align == 0 && size.saturating_add(align) <= bump::HEADROOM {
        assert_eq!(bump::place_small(cursor, end, size, align), placed);
    }
    let Some(block) = placed else { return };
    assert_eq!(block.start as u128, wide_start);
    assert_eq!(block.end - block.start, size);

    assert!(bump::is_last(block.start, size, block.end, cursor));
    assert!(!bump::is_last(block.start, size + 1, block.end, cursor));
    assert!(!bump::is_last(block.start, size, block.end, block.start + 1), "floor above the block");
    let room = end - block.start;
    assert_eq!(bump::resize(block.start, end, room), Some(end));
    assert_eq!(bump::resize(block.start, end, room + 1), None);
    assert_eq!(bump::resize(block.start, end, size), Some(block.end));
}

fn check_limit(cursor: usize, chunk_end: usize, remaining: usize) {
    let end = bump::limited_end(cursor, chunk_end, remaining);
    assert!(cursor <= end && end <= chunk_end);
    assert!(end == chunk_end || end - cursor == remaining);
    assert_eq!(bump::used(cursor, bump::base(cursor, remaining)), remaining);
}

fn check_capacity(size: usize, align: usize) {
    let Some(capacity) = bump::chunk_capacity(size) else {
        assert!(size as u128 + bump::CHUNK_ALIGN as u128 > isize::MAX as u128);
        return;
    };
    assert!(capacity >= size && capacity - size < bump::CHUNK_ALIGN);
    assert_eq!(capacity % bump::CHUNK_ALIGN, 0);
    assert!(bump::doubled(size) >= size);

    let align = align.max(bump::CHUNK_ALIGN);
    let header = 2 * bump::CHUNK_ALIGN;
    if let Some((offset, whole)) = bump::chunk_layout(header, capacity, align) {
        assert!(offset >= header && offset % align == 0);
        assert_eq!(whole, offset + capacity);
        assert!(Layout::from_size_align(whole, align).is_ok());
    } else {
        let least = header.next_multiple_of(align) as u128 + capacity as u128;
        assert!(least + align as u128 > isize::MAX as u128);
    }
}
