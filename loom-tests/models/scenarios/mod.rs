//! What threads do to one another, in words that each checker understands.
//!
//! A scenario has two or three threads with few operations, which loom can explore; shuttle lets
//! [`CROWD`](checker::CROWD) threads stand for each and repeats what they do.

use crate::checker;

pub(crate) mod pool;
pub(crate) mod probe;
pub(crate) mod sync_arena;
pub(crate) mod together;

/// A model by its name in the list of the runner.
pub(crate) type Model = (&'static str, fn());

/// The name of a model is that of its function.
macro_rules! models {
    ($($module:ident: $($name:ident),+;)*) => {
        &[$($((concat!(stringify!($module), "::", stringify!($name)), $module::$name)),+),*]
    };
}

pub(crate) const ALL: &[Model] = models! {
    pool:
        slot_and_depot_exchange,
        depot_without_slots,
        depot_grown_by_two,
        threads_beyond_the_index_table,
        get_on_a_put_on_b,
        thread_exit_against_trim,
        trim_against_trim,
        trim_against_clear,
        clear_against_put,
        flush_against_get,
        trims_against_load,
        coldest_freed_against_get,
        prefill_against_get,
        index_hand_over,
        index_hand_over_against_trim,
        index_hand_over_in_another_pool,
        far_slot_made_against_trim,
        put_after_exit,
        guard_outlives_its_thread,
        pool_dropped_against_thread_exit,
        clear_all_after_threads,
        pooled_arc_last_drop,
        leased_local_against_index_hand_over,
        lease_made_against_lease_found,
        local_dropped_against_clear,
        stats_sums,
        stats_against_index_hand_over,
        stats_against_depot_exchange;
    sync_arena:
        disjoint_ranges_at_exact_fill,
        disjoint_ranges_at_overshoot,
        lanes_claimed_by_more_threads_than_there_are,
        one_installer_per_exhaustion,
        late_reader_of_a_new_chunk,
        large_blocks_against_lanes,
        oversized_against_exhaustion,
        limit_reached_by_two,
        limit_used_up_while_a_chunk_is_made,
        figures_while_others_allocate,
        growth_in_place_against_allocation,
        growth_without_a_lane,
        vector_grown_by_another,
        vector_freed_by_another,
        deferred_drops_all_present_at_reset,
        reset_between_shared_requests,
        arenas_shared_by_the_same_threads;
    together:
        map_and_arena_handed_between_threads,
        context_put_back_by_another_thread,
        shared_arena_put_back_by_the_last;
};

/// Runs the model that the command line names, or lists all.
pub(crate) fn main(models: &[Model]) {
    let name = std::env::args().nth(1).unwrap_or_default();
    if name == "--list" {
        for (name, _) in models {
            println!("{name}");
        }
        return;
    }
    let Some((_, model)) = models.iter().find(|(known, _)| *known == name) else {
        panic!("no model is called {name:?}; --list names them");
    };
    println!("executions: {}", checker::explore(*model));
}

/// Starts [`CROWD`](checker::CROWD) threads for each of `n`, and tells them apart from 1 on.
pub(crate) fn crowd<R: Send + 'static>(
    n: usize,
    body: impl Fn(u32) -> R + Clone + Send + 'static,
) -> Vec<checker::JoinHandle<R>> {
    let start = |holder| {
        let body = body.clone();
        checker::spawn(move || body(holder))
    };
    let threads = (1..).take(n * checker::CROWD).map(start).collect();
    checker::started();
    threads
}

/// Starts a thread for each object, with what it shall do with it.
pub(crate) fn crowd_with<T: Send + 'static, R: Send + 'static>(
    objects: Vec<T>,
    body: impl Fn(T) -> R + Clone + Send + 'static,
) -> Vec<checker::JoinHandle<R>> {
    let start = |object| {
        let body = body.clone();
        checker::spawn(move || body(object))
    };
    let threads = objects.into_iter().map(start).collect();
    checker::started();
    threads
}

/// Waits for all of them.
pub(crate) fn join<R>(threads: Vec<checker::JoinHandle<R>>) -> Vec<R> {
    threads.into_iter().map(|thread| thread.join().expect("the thread did not panic")).collect()
}

/// Does it as often as the checker can bear.
pub(crate) fn rounds(mut body: impl FnMut()) {
    for _ in 0..checker::ROUNDS {
        body();
    }
}
