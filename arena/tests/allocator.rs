//! The arena on a global allocator that counts and fails: a binary of its own, because a process
//! has one global allocator.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ptr;

use allocator_api2::alloc::Allocator;
use ratoon_arena::{AllocError, Arena, Scope, SyncArena};

/// The system's allocator, with a count of calls, one call that fails and a largest size, per thread.
struct Scripted;

thread_local! {
    static CALLS: Cell<usize> = const { Cell::new(0) };
    /// Bytes that were allocated and not released, which may be less than none.
    static BYTES: Cell<isize> = const { Cell::new(0) };
    static FAILS_AT: Cell<usize> = const { Cell::new(usize::MAX) };
    static LARGEST: Cell<usize> = const { Cell::new(usize::MAX) };
}

// SAFETY: hands everything to the system's allocator, or returns null, which any allocation may.
unsafe impl GlobalAlloc for Scripted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let call = CALLS.get();
        CALLS.set(call + 1);
        if call == FAILS_AT.get() || layout.size() > LARGEST.get() {
            return ptr::null_mut();
        }
        BYTES.set(BYTES.get() + layout.size() as isize);
        // SAFETY: the caller's promise is the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        BYTES.set(BYTES.get() - layout.size() as isize);
        // SAFETY: the caller's promise is the same.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Scripted = Scripted;

/// Runs `body` with the `n`th allocation from now on failing; returns how many it made.
fn failing_at(n: usize, body: impl FnOnce()) -> usize {
    CALLS.set(0);
    FAILS_AT.set(n);
    body();
    FAILS_AT.set(usize::MAX);
    CALLS.get()
}

fn is_memory(error: AllocError) -> bool {
    matches!(error, AllocError::Memory { .. })
}

/// Whether there was no memory, which is the only reason that there may be.
fn is_refused(result: Result<(), AllocError>) -> bool {
    result.inspect_err(|error| assert!(is_memory(*error), "{error}")).is_err()
}

/// Beside values and strings, the other ways to allocate, which arenas have under the same names.
macro_rules! allocate_each_way {
    ($arena:ident, $note:ident) => {
        $note($arena.try_alloc_box([1_u8; 300]).map(drop).map_err(AllocError::from));
        $note(
            $arena.try_alloc_deferred(std::sync::Weak::<u8>::new()).map(drop).map_err(Into::into),
        );
        $note($arena.try_alloc_slice_copy(&[2_u16; 3000]).map(drop));
        $note($arena.try_alloc_slice_clone(&[Some(3_u8); 3000]).map(drop));
        $note($arena.try_alloc_slice_fill_with(30_000, |i| i).map(drop));
        $note($arena.try_alloc_slice_fill_iter((0..3000).filter(|i| i % 2 == 0)).map(drop));
        $note($arena.try_alloc_concat(&["text"; 3000]).map(drop));
        $note($arena.try_alloc_fmt(format_args!("{:>9000}", 'x')).map(drop));
    };
}

/// One request of allocations of all kinds. Returns how many were refused for want of memory.
fn request(arena: &mut Arena) -> usize {
    let mut refused = 0;
    let mut note = |result| refused += usize::from(is_refused(result));
    let mut scope = arena.scope();
    for i in 0..200_u64 {
        note(scope.try_alloc(i).map(drop).map_err(AllocError::from));
        note(scope.try_alloc_str("thirty bytes of text, or nearly").map(drop));
    }
    allocate_each_way!(scope, note);
    scope.child(|child| {
        note(child.try_alloc([4_u8; 30_000]).map(drop).map_err(AllocError::from));
    });
    let mut vec = allocator_api2::vec::Vec::new_in(&scope);
    for i in 0..3000_u32 {
        if vec.try_reserve(1).is_ok() {
            vec.push(i);
        }
    }
    assert!(vec.is_sorted());
    drop(vec);
    growing(&mut scope, &mut note);
    refused
}

/// Strings, vectors and frames that grow as far as memory lasts.
fn growing(scope: &mut Scope<'_>, note: &mut impl FnMut(Result<(), AllocError>)) {
    if let Ok(mut text) = scope.try_string(10) {
        for _ in 0..500 {
            let len = text.len();
            let result = text.try_push_str("some more text");
            assert_eq!(text.len() - len, if result.is_ok() { 14 } else { 0 });
            note(result);
        }
        note(text.try_reserve(20_000));
        assert!(text.into_str().ends_with("text") || scope.used() == 0);
    }
    if let Ok(mut vec) = scope.try_vec(10) {
        for i in 0..3000_u32 {
            note(vec.try_push(i).map_err(AllocError::from));
        }
        note(vec.try_extend_from_slice(&[u32::MAX; 3000]));
        assert!(vec.into_slice().is_sorted());
    }
    if let Ok(mut frame) = scope.try_frame(200_000) {
        frame.put_slice(b"little in a large frame");
        assert_eq!(frame.finish(), b"little in a large frame");
    }
    if let Ok(mut frame) = scope.try_frame(10) {
        for _ in 0..500 {
            note(frame.try_put_slice(b"some more bytes"));
            note(frame.try_slot::<4>().map(drop));
        }
        note(frame.try_reserve(20_000));
        assert!(frame.finish().iter().all(|byte| b"some more bytes\0".contains(byte)));
    }
}

/// The same of a shared arena.
fn shared_request(arena: &SyncArena) -> usize {
    let mut refused = 0;
    let mut note = |result| refused += usize::from(is_refused(result));
    for i in 0..2000_u64 {
        note(arena.try_alloc(i).map(drop).map_err(AllocError::from));
        note(arena.try_alloc_str("thirty bytes of text, or nearly").map(drop));
    }
    allocate_each_way!(arena, note);
    refused
}

/// The error of an arena without memory.
fn failing_error(bytes: usize) -> AllocError {
    let arena = Arena::new();
    let mut error = None;
    failing_at(0, || error = arena.try_alloc_slice_fill_with(bytes, |_| 0_u8).err());
    error.unwrap()
}

#[test]
fn allocator_that_fails_at_the_nth_call() {
    let constructors: [fn() -> Arena; 3] = [
        Arena::new,
        || Arena::try_with_capacity(1000).unwrap_or_default(),
        || Arena::builder().first_chunk(100).limit(10 << 20).build(),
    ];
    for make in constructors {
        let mut n = 0;
        loop {
            let mut refused = 0;
            let calls = failing_at(n, || {
                let mut arena = make();
                refused = request(&mut arena);
                arena.reset();
                assert_eq!(arena.used(), 0);
                refused += request(&mut arena);
                // Whatever failed, the arena goes on working.
                assert_eq!(arena.alloc_str("usable"), "usable");
                arena.reset();
            });
            if calls <= n {
                assert_eq!(refused, 0, "nothing failed");
                break;
            }
            n += 1;
        }
        assert!(n > 3, "the program makes several chunks");
    }
}

#[test]
fn shared_arena_on_an_allocator_that_fails_at_the_nth_call() {
    let constructors: [fn() -> SyncArena; 2] =
        [SyncArena::new, || SyncArena::try_with_capacity(1000).unwrap_or_default()];
    for make in constructors {
        let mut n = 0;
        loop {
            let mut refused = 0;
            let calls = failing_at(n, || {
                let mut arena = make();
                refused = shared_request(&arena);
                arena.reset();
                assert_eq!(arena.used(), 0);
                refused += shared_request(&arena);
                assert_eq!(arena.alloc_str("usable"), "usable");
            });
            if calls <= n {
                assert_eq!(refused, 0, "nothing failed");
                break;
            }
            n += 1;
        }
        assert!(n > 3, "the program makes several chunks");
    }
}

#[test]
fn error_names_what_was_asked_of_the_allocator() {
    let error = failing_error(100_000);
    let AllocError::Memory { layout, .. } = error else { panic!("{error:?}") };
    assert!(layout.size() >= 100_000);
    assert!(error.to_string().starts_with("out of memory: the global allocator refused 10"));
    let mut result = None;
    failing_at(0, || result = Some(Arena::try_with_capacity(100).map(drop)));
    assert!(is_memory(result.unwrap().unwrap_err()));
}

/// Small blocks find room where there is none for a chunk of the size that is wished for: because chunks double,
/// because requests were larger, or because the first one was to be.
#[test]
fn small_blocks_where_there_are_no_large_chunks() {
    let mut used_to_more = Arena::new();
    used_to_more.alloc_slice_copy(&[0_u8; 500_000]);
    used_to_more.reset();
    let shared = SyncArena::with_capacity(500_000);
    let arenas =
        [Arena::new(), used_to_more, Arena::builder().first_chunk(isize::MAX as usize).build()];
    // Nothing may panic meanwhile: a panic needs memory.
    LARGEST.set(20_000);
    let placed = arenas.each_ref().map(|arena| {
        let small = (0..20_000_u64).take_while(|&i| arena.try_alloc(i).is_ok()).count();
        (small, arena.try_alloc([0_u8; 10_000]).is_ok(), arena.try_alloc([0_u8; 20_000]).is_ok())
    });
    let shared = (0..100_000_u64).take_while(|&i| shared.try_alloc(i).is_ok()).count();
    LARGEST.set(usize::MAX);
    assert_eq!((placed, shared), ([(20_000, true, false); 3], 100_000));
}

#[test]
fn value_handed_back_when_memory_runs_out() {
    let arena = Arena::new();
    let text = String::from("kept");
    let mut rejected = None;
    failing_at(0, || rejected = arena.try_alloc_box(text).map(drop).err());
    assert_eq!(rejected.unwrap().value, "kept");
}

#[test]
fn failed_growth_leaves_the_block() {
    let arena = Arena::with_capacity(64);
    let old = Layout::from_size_align(64, 1).unwrap();
    let new = Layout::from_size_align(10_000, 1).unwrap();
    let block = (&arena).allocate(old).unwrap().cast::<u8>();
    // SAFETY: a block of 64 bytes.
    unsafe { block.write_bytes(9, 64) };
    failing_at(0, || {
        // SAFETY: in use with this layout; the new size is larger.
        assert!(unsafe { (&arena).grow(block, old, new) }.is_err());
    });
    // SAFETY: growth failed, so the block is what it was.
    assert_eq!(unsafe { block.cast::<[u8; 64]>().read() }, [9; 64]);
}

#[test]
fn constants_and_empty_values_allocate_nothing() {
    let calls = failing_at(0, || {
        let mut arena = Arena::new();
        arena.alloc(());
        arena.alloc_str("");
        arena.alloc_slice_fill_with(100, |_| ());
        arena.scope().child(|child| child.alloc_concat(&["", ""]).len());
        arena.reset();
        drop(arena);
        drop((Arena::with_capacity(0), SyncArena::with_capacity(0)));
    });
    assert_eq!(calls, 0);
}

#[test]
fn every_byte_is_released() {
    let before = BYTES.get();
    let mut arena = Arena::new();
    let mut shared = SyncArena::new();
    for round in 0..3 {
        arena.reset();
        shared.reset();
        request(&mut arena);
        shared_request(&shared);
        let stats = [arena.stats(), shared.stats()];
        assert!(round > 0 || stats.iter().all(|stats| stats.chunks > 1), "{stats:?}");
        let kept = stats.iter().map(|stats| stats.capacity).sum::<usize>();
        // With headers, and what alignment costs.
        assert!((kept..kept + (1 << 16)).contains(&((BYTES.get() - before) as usize)), "{stats:?}");
    }
    drop((arena, shared));
    assert_eq!(BYTES.get(), before);
}

#[test]
fn steady_requests_make_no_call() {
    let mut arena = Arena::new();
    for _ in 0..100 {
        request(&mut arena);
        arena.reset();
    }
    let calls = failing_at(usize::MAX, || {
        for _ in 0..1000 {
            request(&mut arena);
            arena.reset();
        }
    });
    assert_eq!(calls, 0);
    let before = arena.stats().allocator_calls;
    request(&mut arena);
    assert_eq!(arena.stats().allocator_calls, before);
}
