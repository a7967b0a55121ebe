//! One request, several threads: each decodes a part of a document into the same arena, without a lock.
//!
//! ```console
//! $ cargo run --example shared_request
//! ```

use std::thread;

use ratoon_arena::SyncArena;

const PARTS: usize = 4;

fn decode<'a>(arena: &'a SyncArena, part: &str) -> &'a [&'a str] {
    arena.alloc_slice_fill_iter(part.split(',').map(|field| &*arena.alloc_str(field.trim())))
}

fn main() {
    let mut arena = SyncArena::new();
    for request in 0..1000 {
        let document: Vec<String> = (0..PARTS)
            .map(|part| format!("request {request}, part {part}, one, two, three"))
            .collect();

        let decoded: Vec<&[&str]> = thread::scope(|scope| {
            let threads: Vec<_> = document
                .iter()
                .map(|part| {
                    let arena = &arena;
                    scope.spawn(move || decode(arena, part))
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().expect("no part panics")).collect()
        });

        // The values outlive the threads that made them, and end with the reset.
        for (part, fields) in decoded.iter().enumerate() {
            assert_eq!(fields[0], format!("request {request}"));
            assert_eq!(fields[1], format!("part {part}"));
            assert_eq!(fields.len(), 5);
        }
        arena.reset();
    }
    let stats = arena.stats();
    println!("{} requests, {} allocator calls", stats.resets, stats.allocator_calls);
}
