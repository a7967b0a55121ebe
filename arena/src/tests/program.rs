//! A random program of allocations, growth, shrinking, scopes and resets, and what must hold after
//! each of its steps: no block overlaps another, each lies inside a chunk, is aligned, and has the
//! bytes that were written to it. The property test and the fuzz target share this file.

use core::alloc::Layout;
use core::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use allocator_api2::alloc::Allocator;

use crate::{Arena, Child, Scope};

/// How the arena is made.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Start {
    New,
    Capacity(usize),
    FirstChunk(usize),
}

/// One step. `which` picks a block modulo their number, `align` is a power of two's exponent.
#[derive(Clone, Debug)]
pub(crate) enum Op {
    Alloc {
        size: usize,
        align: u32,
    },
    Grow {
        which: usize,
        by: usize,
        align: u32,
    },
    Shrink {
        which: usize,
        by: usize,
        align: u32,
    },
    Free {
        which: usize,
    },
    Defer,
    /// A copied string.
    Text {
        len: usize,
    },
    /// Two vectors that grow in turn, `pieces` times by `len` bytes each.
    Build {
        len: usize,
        pieces: usize,
    },
    Child(Vec<Op>),
    /// Ends the program's scope and resets the arena; inside a child it does nothing.
    Reset,
}

/// Whether a range of addresses lies in one chunk.
pub(crate) type IsInside = fn(&Scope<'_>, usize, usize) -> bool;

/// A block that is in use, filled with one byte.
#[derive(Clone, Copy, Debug)]
struct Block {
    start: NonNull<u8>,
    layout: Layout,
    fill: u8,
}

/// Runs `ops` on an arena with the given beginning and checks every step.
pub(crate) fn check(start: Start, limit: usize, ops: &[Op], is_inside: IsInside) {
    let mut arena = match start {
        Start::New => Arena::builder().limit(limit).build(),
        Start::FirstChunk(bytes) => Arena::builder().first_chunk(bytes).limit(limit).build(),
        // The one constructor without a limit.
        Start::Capacity(bytes) => Arena::with_capacity(bytes),
    };
    let limit = arena.limit();
    let deferred = Arc::new(AtomicUsize::new(0));
    let mut rest = ops;
    while !rest.is_empty() {
        let len = rest.iter().position(|op| matches!(op, Op::Reset)).unwrap_or(rest.len());
        let mut run =
            Run { blocks: Vec::new(), fill: 0, deferred: Arc::clone(&deferred), is_inside };
        run.root(&mut arena.scope(), &rest[..len]);
        arena.reset();
        assert_eq!(deferred.load(Relaxed), 0, "a reset drops what was deferred");
        assert_eq!(arena.used(), 0);
        assert_eq!(arena.limit(), limit);
        rest = rest.get(len + 1..).unwrap_or(&[]);
    }
}

/// Counts itself.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}

struct Run {
    /// Blocks of this scope and of the scopes around it, oldest first.
    blocks: Vec<Block>,
    fill: u8,
    deferred: Arc<AtomicUsize>,
    is_inside: IsInside,
}

impl Run {
    /// Runs what comes before the first child in the arena's own scope, the rest in a child.
    fn root(&mut self, scope: &mut Scope<'_>, ops: &[Op]) {
        let len = ops.iter().position(|op| matches!(op, Op::Child(_))).unwrap_or(ops.len());
        for op in &ops[..len] {
            self.step(scope, op, 0);
            self.check_all(scope);
        }
        scope.child(|mut child| self.all(&mut child, &ops[len..]));
        self.check_all(scope);
    }

    fn all(&mut self, scope: &mut Child<'_, '_>, ops: &[Op]) {
        // Blocks of outer scopes stay as they are while an inner one runs.
        let outer = self.blocks.len();
        for op in ops {
            match op {
                Op::Child(ops) => {
                    let (used, deferred) = (scope.used(), self.deferred.load(Relaxed));
                    scope.child(|mut child| self.all(&mut child, ops));
                    assert_eq!(scope.used(), used, "a child releases all that it took");
                    assert_eq!(self.deferred.load(Relaxed), deferred);
                }
                op => self.step(scope, op, outer),
            }
            self.check_all(scope);
        }
        self.blocks.truncate(outer);
    }

    fn step(&mut self, scope: &Scope<'_>, op: &Op, outer: usize) {
        let own = self.blocks.len() - outer;
        let index = |which: usize| if own == 0 { None } else { Some(outer + which % own) };
        match *op {
            Op::Alloc { size, align } => {
                let Ok(layout) = Layout::from_size_align(size, 1 << align) else { return };
                if let Ok(start) = scope.allocate(layout) {
                    self.add(start.cast(), layout);
                }
            }
            Op::Grow { which, by, align } => {
                let Some(i) = index(which) else { return };
                let old = self.blocks[i];
                let size = old.layout.size() + by;
                let Ok(new) = Layout::from_size_align(size, 1 << align) else { return };
                // SAFETY: the block is in use with this layout, and the new size is not smaller.
                if let Ok(start) = unsafe { scope.grow(old.start, old.layout, new) } {
                    self.replace(i, start.cast(), new);
                }
            }
            Op::Shrink { which, by, align } => {
                let Some(i) = index(which) else { return };
                let old = self.blocks[i];
                let size = old.layout.size().saturating_sub(by);
                let Ok(new) = Layout::from_size_align(size, 1 << align) else { return };
                // SAFETY: the block is in use with this layout, and the new size is not greater.
                if let Ok(start) = unsafe { scope.shrink(old.start, old.layout, new) } {
                    self.replace(i, start.cast(), new);
                }
            }
            Op::Free { which } => {
                let Some(i) = index(which) else { return };
                let old = self.blocks.remove(i);
                // SAFETY: the block is in use with this layout, and is not used any more.
                unsafe { scope.deallocate(old.start, old.layout) };
            }
            Op::Defer => {
                self.deferred.fetch_add(1, Relaxed);
                // A value that finds no room is handed back, and counts itself out again here.
                drop(scope.try_alloc_deferred(Counted(Arc::clone(&self.deferred))));
            }
            Op::Text { len } => self.text(scope, len),
            Op::Build { len, pieces } => self.build(scope, len, pieces),
            Op::Child(_) | Op::Reset => {}
        }
    }

    fn text(&mut self, scope: &Scope<'_>, len: usize) {
        let source: String = ('a'..='z').cycle().take(len).collect();
        if let Ok(text) = scope.try_alloc_str(&source) {
            assert_eq!(*text, *source);
            // SAFETY: never looked at as text again.
            self.add_bytes(unsafe { text.as_bytes_mut() });
        }
    }

    fn build(&mut self, scope: &Scope<'_>, len: usize, pieces: usize) {
        // The right one may get a chunk of its own, and releases what it does not need.
        let (left, right) = (scope.try_vec(0), scope.try_vec(40 * len));
        let (Ok(mut left), Ok(mut right)) = (left, right) else { return };
        for i in 0..pieces {
            let before = (left.len(), right.len());
            let piece = vec![i as u8; len];
            let fitted = (
                left.try_extend_from_slice(&piece).is_ok(),
                right.try_extend_from_slice(&piece).is_ok(),
            );
            assert_eq!(left.len() - before.0, if fitted.0 { len } else { 0 });
            assert_eq!(right.len() - before.1, if fitted.1 { len } else { 0 });
        }
        for vec in [left, right] {
            let bytes = vec.into_slice();
            assert!(bytes.is_sorted(), "the pieces are as they were appended");
            self.add_bytes(bytes);
        }
    }

    /// From now on a block like any other.
    fn add_bytes(&mut self, bytes: &mut [u8]) {
        let layout = Layout::for_value(bytes);
        self.add(NonNull::from(bytes).cast(), layout);
    }

    fn add(&mut self, start: NonNull<u8>, layout: Layout) {
        self.fill = self.fill.wrapping_add(1);
        let block = Block { start, layout, fill: self.fill };
        write(block);
        self.blocks.push(block);
    }

    /// After growing or shrinking: what both layouts have in common is as it was.
    fn replace(&mut self, i: usize, start: NonNull<u8>, layout: Layout) {
        let old = self.blocks[i];
        assert_filled(start, old.layout.size().min(layout.size()), old.fill);
        self.blocks[i] = Block { start, layout, fill: old.fill };
        write(self.blocks[i]);
    }

    fn check_all(&self, scope: &Scope<'_>) {
        let mut ranges = Vec::new();
        for block in &self.blocks {
            let start = block.start.addr().get();
            assert_eq!(start % block.layout.align(), 0, "aligned");
            assert_filled(block.start, block.layout.size(), block.fill);
            if block.layout.size() > 0 {
                ranges.push((start, block.layout.size()));
            }
        }
        ranges.sort_unstable();
        for pair in ranges.windows(2) {
            assert!(pair[0].0 + pair[0].1 <= pair[1].0, "blocks overlap");
        }
        let mut in_use = 0;
        for &(start, len) in &ranges {
            assert!((self.is_inside)(scope, start, len), "a block outside of its chunk");
            in_use += len;
        }
        assert!(in_use <= scope.used() && scope.used() <= scope.limit());
    }
}

fn write(block: Block) {
    // SAFETY: the block has this many bytes and is in use by the program only.
    unsafe { block.start.write_bytes(block.fill, block.layout.size()) };
}

fn assert_filled(start: NonNull<u8>, len: usize, fill: u8) {
    // SAFETY: a block in use, whose first `len` bytes were written.
    let bytes = unsafe { core::slice::from_raw_parts(start.as_ptr(), len) };
    assert!(bytes.iter().all(|&byte| byte == fill), "bytes are as they were written");
}
