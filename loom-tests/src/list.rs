//! The models that must exist.

/// Every model's name: the part of the family, then the race.
///
/// The built binary must list exactly these, so that a model which a `cfg` quietly removed fails
/// the run instead of passing it.
pub const MODELS: &[&str] = &[
    "pool::slot_and_depot_exchange",
    "pool::depot_without_slots",
    "pool::get_on_a_put_on_b",
    "pool::thread_exit_against_trim",
    "pool::index_hand_over",
    "pool::index_hand_over_against_trim",
    "pool::put_after_exit",
    "pool::clear_against_put",
    "pool::stats_sums",
    "pool::guard_outlives_its_thread",
    "pool::pooled_arc_last_drop",
    "pool::leased_local_against_index_hand_over",
    "pool::lease_made_against_lease_found",
    "sync_arena::disjoint_ranges_at_exact_fill",
    "sync_arena::disjoint_ranges_at_overshoot",
    "sync_arena::lanes_claimed_by_more_threads_than_there_are",
    "sync_arena::one_installer_per_exhaustion",
    "sync_arena::late_reader_of_a_new_chunk",
    "sync_arena::limit_reached_by_two",
    "sync_arena::growth_in_place_against_allocation",
    "sync_arena::vector_grown_by_another",
    "sync_arena::vector_freed_by_another",
    "sync_arena::deferred_drops_all_present_at_reset",
    "sync_arena::reset_between_shared_requests",
    "together::map_and_arena_handed_between_threads",
    "together::shared_arena_put_back_by_the_last",
];
