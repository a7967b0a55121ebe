//! The weakenings of the arena, by file.

use super::{Bite, Mutation, Place, RACE};

pub(super) const MUTATIONS: &[Mutation] = &[
    Mutation {
        name: "lane claimed in two steps",
        file: "arena/src/sync_arena/lane.rs",
        place: Place("«self.owners[i].compare_exchange(NOBODY, thread, relaxed, relaxed).is_ok()»"),
        replace: "{ self.owners[i].store(thread, relaxed); true }",
        loom: Bite {
            models: &["sync_arena::lanes_claimed_by_more_threads_than_there_are"],
            says: &["assertion"],
        },
        shuttle: Bite::NONE,
    },
    Mutation {
        name: "lane used by a thread that does not own it",
        file: "arena/src/sync_arena/lane.rs",
        place: Place("«owner == thread || (owner == NOBODY && self.claim(i, thread))»"),
        replace: "owner != NOBODY || self.claim(i, thread)",
        loom: Bite {
            models: &["sync_arena::lanes_claimed_by_more_threads_than_there_are"],
            says: &[RACE],
        },
        shuttle: Bite::NONE,
    },
    Mutation {
        name: "lane found by its number without a look at the owner",
        file: "arena/src/sync_arena/lane.rs",
        place: Place("«self.owners[home].load(Ordering::Relaxed) == thread»"),
        replace: "self.owners[home].load(Ordering::Relaxed) != NOBODY",
        loom: Bite {
            models: &["sync_arena::lanes_claimed_by_more_threads_than_there_are"],
            says: &[RACE],
        },
        shuttle: Bite {
            models: &["sync_arena::lanes_claimed_by_more_threads_than_there_are"],
            says: &["overlap", "assertion", "signal"],
        },
    },
    Mutation {
        name: "lane kept over a reset",
        file: "arena/src/sync_arena/lane.rs",
        place: Place("«*lane = Lane::empty()»"),
        replace: "{ let _ = &lane; }",
        loom: Bite {
            models: &[
                "sync_arena::reset_between_shared_requests",
                "together::map_and_arena_handed_between_threads",
                "together::context_put_back_by_another_thread",
            ],
            says: &["assertion"],
        },
        shuttle: Bite {
            models: &["programs::arena_used_in_every_way", "programs::contexts_passed_around"],
            says: &["overlap", "assertion", "signal"],
        },
    },
    Mutation {
        name: "block grown over its neighbour",
        file: "arena/src/region/lease.rs",
        place: Place("if «cursor.addr().get() != end || room < min» {"),
        replace: "end == 1 || room < min",
        loom: Bite {
            models: &[
                "sync_arena::growth_in_place_against_allocation",
                "sync_arena::vector_grown_by_another",
            ],
            says: &[RACE],
        },
        shuttle: Bite {
            models: &["sync_arena::vector_grown_by_another", "programs::arena_used_in_every_way"],
            says: &["another", "overlap", "borrowed", "signal"],
        },
    },
    Mutation {
        name: "block freed into the lane of another thread",
        file: "arena/src/sync_arena/lane.rs",
        place: Place("if «!self.is_last(block, old)» {"),
        replace: "false",
        loom: Bite { models: &["sync_arena::vector_freed_by_another"], says: &[RACE] },
        shuttle: Bite::NONE,
    },
    Mutation {
        name: "region read for the bytes in use without its lock",
        file: "arena/src/sync_arena/mod.rs",
        place: Place("let core = «self.core.lock()»; self.used_beside(&core) }"),
        replace: "crate::sync::unheld(|| self.core.lock())",
        loom: Bite {
            models: &[
                "sync_arena::figures_while_others_allocate",
                "sync_arena::late_reader_of_a_new_chunk",
            ],
            says: &[RACE],
        },
        shuttle: Bite::NONE,
    },
    Mutation {
        name: "region read for its capacity without its lock",
        file: "arena/src/sync_arena/mod.rs",
        place: Place("«self.core.lock()».region.capacity()"),
        replace: "crate::sync::unheld(|| self.core.lock())",
        loom: Bite { models: &["sync_arena::figures_while_others_allocate"], says: &[RACE] },
        shuttle: Bite::NONE,
    },
    Mutation {
        name: "region read for figures without its lock",
        file: "arena/src/sync_arena/mod.rs",
        place: Place("let core = «self.core.lock()»; let (chunks"),
        replace: "crate::sync::unheld(|| self.core.lock())",
        loom: Bite { models: &["sync_arena::figures_while_others_allocate"], says: &[RACE] },
        shuttle: Bite::NONE,
    },
    Mutation {
        name: "block and lease taken without the lock of the region",
        file: "arena/src/sync_arena/mod.rs",
        place: Place("let placement = «self.core.lock()».place("),
        replace: "crate::sync::unheld(|| self.core.lock())",
        loom: Bite {
            models: &[
                "sync_arena::large_blocks_against_lanes",
                "sync_arena::growth_without_a_lane",
                "sync_arena::disjoint_ranges_at_exact_fill",
                "sync_arena::disjoint_ranges_at_overshoot",
                "sync_arena::limit_reached_by_two",
                "sync_arena::arenas_shared_by_the_same_threads",
            ],
            says: &[RACE],
        },
        shuttle: Bite::NONE,
    },
    Mutation {
        name: "chunk delivered without the lock of the region",
        file: "arena/src/sync_arena/mod.rs",
        place: Place("unused } = «self.core.lock()».install("),
        replace: "crate::sync::unheld(|| self.core.lock())",
        loom: Bite {
            models: &[
                "sync_arena::one_installer_per_exhaustion",
                "sync_arena::oversized_against_exhaustion",
                "sync_arena::late_reader_of_a_new_chunk",
            ],
            says: &[RACE],
        },
        shuttle: Bite::NONE,
    },
    Mutation {
        name: "chunk put in although another thread has brought one",
        file: "arena/src/region/supply.rs",
        place: Place("else if let Some(block) = «self.bump(layout)» { Ok(block) }"),
        replace: "None::<NonNull<u8>>",
        loom: Bite {
            models: &[
                "sync_arena::one_installer_per_exhaustion",
                "sync_arena::late_reader_of_a_new_chunk",
            ],
            says: &["assertion"],
        },
        shuttle: Bite::NONE,
    },
    Mutation {
        name: "limit not looked at again when the chunk is there",
        file: "arena/src/region/supply.rs",
        place: Place("let block = if «layout.size() > self.remaining()» {"),
        replace: "false",
        loom: Bite {
            models: &["sync_arena::limit_used_up_while_a_chunk_is_made"],
            says: &["overflow"],
        },
        shuttle: Bite::NONE,
    },
    Mutation {
        name: "block lengthened without the lock of the region",
        file: "arena/src/sync_arena/mod.rs",
        place: Place("if old == 0 { None } else { «self.core.lock()».grow_in_place("),
        replace: "crate::sync::unheld(|| self.core.lock())",
        loom: Bite { models: &["sync_arena::growth_in_place_against_allocation"], says: &[RACE] },
        shuttle: Bite::NONE,
    },
    Mutation {
        name: "drop deferred without the lock of the list",
        file: "arena/src/sync_arena/values.rs",
        place: Place("«self.core.lock()».deferred.push("),
        replace: "crate::sync::unheld(|| self.core.lock())",
        loom: Bite {
            models: &[
                "sync_arena::deferred_drops_all_present_at_reset",
                "together::shared_arena_put_back_by_the_last",
            ],
            says: &[RACE],
        },
        shuttle: Bite::NONE,
    },
];
