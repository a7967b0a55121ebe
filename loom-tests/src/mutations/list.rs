//! The weakenings.

use super::Mutation;

/// What loom says about an access that does not happen after the one before it.
const RACE: &str = "Causality violation";

/// Every weakening that a model must notice, by file.
pub const MUTATIONS: &[Mutation] = &[
    Mutation {
        name: "slot published without release",
        file: "pool/src/slots.rs",
        find: "self.slot.store(slot, Ordering::Release);",
        replace: "self.slot.store(slot, Ordering::Relaxed);",
        models: &["pool::stats_sums"],
        notice: RACE,
    },
    Mutation {
        name: "slot found without acquire",
        file: "pool/src/slots.rs",
        find: "self.slot.load(Ordering::Acquire)",
        replace: "self.slot.load(Ordering::Relaxed)",
        models: &["pool::stats_sums"],
        notice: RACE,
    },
    Mutation {
        name: "slot of another thread used",
        file: "pool/src/slots.rs",
        find: "if head.owner().get() != ticket {",
        replace: "if self.slot().is_none() || ticket == Ticket::UNREGISTERED {",
        models: &["pool::put_after_exit"],
        notice: RACE,
    },
    Mutation {
        name: "slot of a live thread drained",
        file: "pool/src/slots.rs",
        find: "if slot.len() == 0 || table.is_alive(slot.owner().get()) {",
        replace: "if slot.len() == 0 {",
        models: &["pool::thread_exit_against_trim", "pool::clear_against_put"],
        notice: RACE,
    },
    Mutation {
        name: "slot drained without holding the table of threads",
        file: "pool/src/slots.rs",
        find: "let table = index::lock();
        for entry in self.entries() {
            let Some(slot) = entry.slot() else { continue };
            if slot.len() == 0 || table.is_alive(slot.owner().get()) {",
        replace: "for entry in self.entries() {
            let Some(slot) = entry.slot() else { continue };
            if slot.len() == 0 || index::lock().is_alive(slot.owner().get()) {",
        models: &["pool::index_hand_over_against_trim"],
        notice: RACE,
    },
    Mutation {
        name: "slot used by a thread that has ended",
        file: "pool/src/index.rs",
        find: "    set_thread_ticket(Ticket::DEPOT_ONLY);\n    if ticket",
        replace: "    if ticket",
        models: &["pool::put_after_exit"],
        notice: RACE,
    },
    Mutation {
        name: "index never given back",
        file: "pool/src/index.rs",
        find: "lock().release(ticket);",
        replace: "drop(lock());",
        models: &["pool::thread_exit_against_trim"],
        notice: "not drained",
    },
    Mutation {
        name: "lease published without release",
        file: "pool/src/leases.rs",
        find: "compare_exchange(head, lease, Ordering::AcqRel, Ordering::Acquire)",
        replace: "compare_exchange(head, lease, Ordering::Acquire, Ordering::Acquire)",
        models: &["pool::lease_made_against_lease_found"],
        notice: RACE,
    },
    Mutation {
        name: "lease found without acquire",
        file: "pool/src/leases.rs",
        find: "let mut next = self.head.load(Ordering::Acquire);",
        replace: "let mut next = self.head.load(Ordering::Relaxed);",
        models: &["pool::lease_made_against_lease_found"],
        notice: RACE,
    },
    Mutation {
        name: "lease given back without release",
        file: "pool/src/leases.rs",
        find: "self.taken.store(false, Ordering::Release);",
        replace: "self.taken.store(false, Ordering::Relaxed);",
        models: &["pool::leased_local_against_index_hand_over"],
        notice: RACE,
    },
    Mutation {
        name: "lease taken without acquire",
        file: "pool/src/leases.rs",
        find: "compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed)",
        replace: "compare_exchange(false, true, Ordering::Relaxed, Ordering::Relaxed)",
        models: &["pool::leased_local_against_index_hand_over"],
        notice: RACE,
    },
    Mutation {
        name: "lease taken by two",
        file: "pool/src/leases.rs",
        find: "&& self.taken.compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed).is_ok()",
        replace: "&& { self.taken.store(true, Ordering::Relaxed); true }",
        models: &["pool::lease_made_against_lease_found"],
        notice: RACE,
    },
    Mutation {
        name: "object put back as it is",
        file: "pool/src/inner.rs",
        find: "value.reset();",
        replace: "",
        models: &["pool::get_on_a_put_on_b", "pool::index_hand_over"],
        notice: "dirty",
    },
    Mutation {
        name: "room in the depot looked up outside of its lock only",
        file: "pool/src/depot.rs",
        find: "if n == 0 {",
        replace: "if false {",
        models: &["pool::depot_without_slots"],
        notice: "assertion",
    },
    Mutation {
        name: "depot unlocked between look and take",
        file: "pool/src/depot.rs",
        find: "        let n = (n - 1).min(state.objects.len());
        slot.fill_from(",
        replace: "        let n = (n - 1).min(state.objects.len());
        drop(state);
        let mut state = self.state.lock();
        slot.fill_from(",
        models: &["pool::slot_and_depot_exchange"],
        notice: "assertion",
    },
    Mutation {
        name: "counter of several threads added to in two steps",
        file: "pool/src/stats.rs",
        find: "self.0.fetch_add(n, Ordering::Relaxed);",
        replace: "self.0.store(self.0.load(Ordering::Relaxed) + n, Ordering::Relaxed);",
        models: &["pool::slot_and_depot_exchange"],
        notice: "assertion",
    },
    Mutation {
        name: "lane claimed in two steps",
        file: "arena/src/sync_arena/lane.rs",
        find: "self.owners[i].compare_exchange(NOBODY, thread, relaxed, relaxed).is_ok()",
        replace: "{ self.owners[i].store(thread, relaxed); true }",
        models: &["sync_arena::lanes_claimed_by_more_threads_than_there_are"],
        notice: "assertion",
    },
    Mutation {
        name: "lane used by a thread that does not own it",
        file: "arena/src/sync_arena/lane.rs",
        find: "let owned = owner == thread || (",
        replace: "let owned = owner != NOBODY || (",
        models: &["sync_arena::lanes_claimed_by_more_threads_than_there_are"],
        notice: "overlap",
    },
    Mutation {
        name: "lane found by its number without a look at the owner",
        file: "arena/src/sync_arena/lane.rs",
        find: "let owned = self.owners[home].load(Ordering::Relaxed) == thread;",
        replace: "let owned = self.owners[home].load(Ordering::Relaxed) != NOBODY;",
        models: &["sync_arena::lanes_claimed_by_more_threads_than_there_are"],
        notice: "overlap",
    },
    Mutation {
        name: "lane kept over a reset",
        file: "arena/src/sync_arena/lane.rs",
        find: "                *lane = Lane::empty();\n",
        replace: "                let _ = lane;\n",
        models: &["sync_arena::reset_between_shared_requests"],
        notice: "assertion",
    },
    Mutation {
        name: "block grown over its neighbour",
        file: "arena/src/region/lease.rs",
        find: "if cursor.addr().get() != end || room < least {",
        replace: "if end == 1 || room < least {",
        models: &[
            "sync_arena::growth_in_place_against_allocation",
            "sync_arena::vector_grown_by_another",
        ],
        notice: "another",
    },
    Mutation {
        name: "block freed into the lane of another thread",
        file: "arena/src/sync_arena/lane.rs",
        find: "if !self.is_last(block, old) {",
        replace: "if false {",
        models: &["sync_arena::vector_freed_by_another"],
        notice: "overlap",
    },
];
