//! Which models there are, and how one is explored.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use loom::model::Builder;

mod pool;
mod probe;
mod sync_arena;
mod thread;
mod together;

/// A model by its name in the list of the runner.
type Model = (&'static str, fn());

const MODELS: &[Model] = &[
    ("pool::slot_and_depot_exchange", pool::slot_and_depot_exchange),
    ("pool::depot_without_slots", pool::depot_without_slots),
    ("pool::get_on_a_put_on_b", pool::get_on_a_put_on_b),
    ("pool::thread_exit_against_trim", pool::thread_exit_against_trim),
    ("pool::index_hand_over", pool::index_hand_over),
    ("pool::index_hand_over_against_trim", pool::index_hand_over_against_trim),
    ("pool::put_after_exit", pool::put_after_exit),
    ("pool::clear_against_put", pool::clear_against_put),
    ("pool::stats_sums", pool::stats_sums),
    ("pool::guard_outlives_its_thread", pool::guard_outlives_its_thread),
    ("pool::pooled_arc_last_drop", pool::pooled_arc_last_drop),
    ("pool::leased_local_against_index_hand_over", pool::leased_local_against_index_hand_over),
    ("pool::lease_made_against_lease_found", pool::lease_made_against_lease_found),
    ("sync_arena::disjoint_ranges_at_exact_fill", sync_arena::disjoint_ranges_at_exact_fill),
    ("sync_arena::disjoint_ranges_at_overshoot", sync_arena::disjoint_ranges_at_overshoot),
    (
        "sync_arena::lanes_claimed_by_more_threads_than_there_are",
        sync_arena::lanes_claimed_by_more_threads_than_there_are,
    ),
    ("sync_arena::one_installer_per_exhaustion", sync_arena::one_installer_per_exhaustion),
    ("sync_arena::late_reader_of_a_new_chunk", sync_arena::late_reader_of_a_new_chunk),
    ("sync_arena::limit_reached_by_two", sync_arena::limit_reached_by_two),
    (
        "sync_arena::growth_in_place_against_allocation",
        sync_arena::growth_in_place_against_allocation,
    ),
    ("sync_arena::vector_grown_by_another", sync_arena::vector_grown_by_another),
    ("sync_arena::vector_freed_by_another", sync_arena::vector_freed_by_another),
    (
        "sync_arena::deferred_drops_all_present_at_reset",
        sync_arena::deferred_drops_all_present_at_reset,
    ),
    ("sync_arena::reset_between_shared_requests", sync_arena::reset_between_shared_requests),
    (
        "together::map_and_arena_handed_between_threads",
        together::map_and_arena_handed_between_threads,
    ),
    ("together::shared_arena_put_back_by_the_last", together::shared_arena_put_back_by_the_last),
];

pub(crate) fn main() {
    let name = std::env::args().nth(1).unwrap_or_default();
    if name == "--list" {
        for (name, _) in MODELS {
            println!("{name}");
        }
        return;
    }
    let Some((_, model)) = MODELS.iter().find(|(known, _)| *known == name) else {
        panic!("no model is called {name:?}; --list names them");
    };
    println!("executions: {}", explore(*model));
}

/// Explores every execution within the bounds and says how many there were.
///
/// A panic in an execution ends the process with loom's account of it.
fn explore(model: fn()) -> u64 {
    let executions = Arc::new(AtomicU64::new(0));
    let mut builder = Builder::new();
    // Every known bug of this kind shows with two forced switches; `LOOM_MAX_PREEMPTIONS` says more.
    builder.preemption_bound = builder.preemption_bound.or(Some(2));
    builder.check({
        let executions = Arc::clone(&executions);
        move || {
            executions.fetch_add(1, Ordering::Relaxed);
            model();
        }
    });
    executions.load(Ordering::Relaxed)
}
