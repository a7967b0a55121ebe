//! A log parser: fields, keys and lists of each batch of lines are in an arena, and one reset frees them.
//!
//! ```console
//! $ cargo run --example log_report
//! ```

use std::fmt::Write;

use hashbrown::{DefaultHashBuilder, HashMap};
use ratoon_arena::{Arena, ArenaVec, Scope};

const BATCHES: usize = 100;

struct Entry<'a> {
    path: &'a str,
    millis: u32,
}

/// A hash map with its table in the arena.
type Statuses<'s, 'a> =
    HashMap<u16, ArenaVec<'s, 'a, Entry<'a>>, DefaultHashBuilder, &'s Scope<'a>>;

/// Lines such as `GET /account 200 12`, as they could come from a file.
fn batch(number: usize) -> String {
    let mut lines = String::new();
    for n in 0..500 {
        let status = if n % 97 == 0 { 500 } else { 200 };
        writeln!(lines, "GET /account/{} {status} {}", (n + number) % 7, n % 40)
            .expect("a string grows");
    }
    lines
}

/// The entries of a batch by status. The map and its lists are in the arena; the paths borrow from the lines.
fn by_status<'s, 'a>(lines: &'a str, scope: &'s Scope<'a>) -> Statuses<'s, 'a> {
    let mut map = HashMap::new_in(scope);
    for line in lines.lines() {
        let mut fields = line.split(' ').skip(1);
        let (Some(path), Some(status), Some(millis)) =
            (fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let (Ok(status), Ok(millis)) = (status.parse::<u16>(), millis.parse()) else { continue };
        map.entry(status).or_insert_with(|| scope.vec(8)).push(Entry { path, millis });
    }
    map
}

fn main() {
    let mut arena = Arena::new();
    for number in 0..BATCHES {
        let lines = batch(number);
        {
            let scope = arena.scope();
            let map = by_status(&lines, &scope);
            let slowest =
                map.values().flat_map(|entries| entries.iter()).max_by_key(|entry| entry.millis);
            let slowest = slowest.expect("a batch has lines");
            let report = scope.alloc_fmt(format_args!(
                "batch {number}: {} errors of {}, slowest {} ({} ms)",
                map.get(&500).map_or(0, |entries| entries.len()),
                map.values().map(|entries| entries.len()).sum::<usize>(),
                slowest.path,
                slowest.millis,
            ));
            if number + 1 == BATCHES {
                println!("{report}");
            }
        }
        arena.reset(); // dropping the scope frees nothing, this does
    }

    let stats = arena.stats();
    println!(
        "{} resets, {} allocator calls, {} bytes kept",
        stats.resets, stats.allocator_calls, stats.capacity
    );
    assert!(stats.allocator_calls < 20, "a steady load makes none after the first batches");
}
