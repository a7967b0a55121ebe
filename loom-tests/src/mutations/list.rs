//! The weakenings.

use super::Mutation;

/// What loom says about an access that does not happen after the one before it.
const RACE: &str = "Causality violation";

/// Every weakening that a model must notice, by file.
pub const MUTATIONS: &[Mutation] = &[
    Mutation {
        name: "slot published without release",
        file: "pool/src/slots.rs",
        find: "entry.store(slot, Ordering::Release);",
        replace: "entry.store(slot, Ordering::Relaxed);",
        models: &["pool::stats_sums"],
        notice: RACE,
    },
    Mutation {
        name: "slot found without acquire",
        file: "pool/src/slots.rs",
        find: "let slot = entry.load(Ordering::Acquire);",
        replace: "let slot = entry.load(Ordering::Relaxed);",
        models: &["pool::stats_sums"],
        notice: RACE,
    },
    Mutation {
        name: "slot of a live thread drained",
        file: "pool/src/slots.rs",
        find: "if slot.len() == 0 || !table.is_free(index) {",
        replace: "if slot.len() == 0 {",
        models: &["pool::thread_exit_against_trim", "pool::clear_against_put"],
        notice: RACE,
    },
    Mutation {
        name: "slot drained without holding the index table",
        file: "pool/src/slots.rs",
        find: "let table = index::lock();
        for (index, slot) in self.iter() {
            if slot.len() == 0 || !table.is_free(index) {",
        replace: "for (index, slot) in self.iter() {
            if slot.len() == 0 || !index::lock().is_free(index) {",
        models: &["pool::index_hand_over_against_trim"],
        notice: RACE,
    },
    Mutation {
        name: "index kept after it was given back",
        file: "pool/src/index.rs",
        find: "    set_thread_index(DEPOT_ONLY);\n",
        replace: "",
        models: &["pool::put_after_exit"],
        notice: RACE,
    },
    Mutation {
        name: "index never given back",
        file: "pool/src/index.rs",
        find: "lock().release(index);",
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
        find: "self.taken.compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed).is_ok()",
        replace: "{ self.taken.store(true, Ordering::Relaxed); true }",
        models: &["pool::lease_made_against_lease_found"],
        notice: RACE,
    },
    Mutation {
        name: "object put back as it is",
        file: "pool/src/inner.rs",
        find: "        object.reset();\n        let reusable",
        replace: "        let reusable",
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
        find: "        let n = n.min(state.objects.len());
        slot.fill_from(",
        replace: "        let n = n.min(state.objects.len());
        drop(state);
        let mut state = self.state.lock();
        slot.fill_from(",
        models: &["pool::slot_and_depot_exchange"],
        notice: "subtract with overflow",
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
        name: "chunk published without release",
        file: "arena/src/sync_arena/mod.rs",
        find: "self.current.store(as_ptr(chunks.open_ptr()), Ordering::Release);",
        replace: "self.current.store(as_ptr(chunks.open_ptr()), Ordering::Relaxed);",
        models: &["sync_arena::late_reader_of_a_new_chunk"],
        notice: RACE,
    },
    Mutation {
        name: "chunk found without acquire",
        file: "arena/src/sync_arena/mod.rs",
        find: "self.current.load(Ordering::Acquire))?;",
        replace: "self.current.load(Ordering::Relaxed))?;",
        models: &["sync_arena::late_reader_of_a_new_chunk"],
        notice: RACE,
    },
    Mutation {
        name: "chunk found without acquire, to grow in it",
        file: "arena/src/sync_arena/mod.rs",
        find: "self.current.load(Ordering::Acquire));",
        replace: "self.current.load(Ordering::Relaxed));",
        models: &["sync_arena::growth_in_place_against_installer"],
        notice: RACE,
    },
    Mutation {
        name: "chunk installed by each thread that found it missing",
        file: "arena/src/sync_arena/mod.rs",
        find: "if let Some(start) = found {",
        replace: "if let Some(start) = found.filter(|_| false) {",
        models: &["sync_arena::one_installer_per_exhaustion"],
        notice: "assertion",
    },
    Mutation {
        name: "cursor moved in two steps",
        file: "arena/src/sync_arena/cursor.rs",
        find: "let offset = cursor.offset.fetch_add(step, Ordering::Relaxed);",
        replace: "let offset = cursor.offset.load(Ordering::Relaxed);
        cursor.offset.store(offset + step, Ordering::Relaxed);",
        models: &["sync_arena::disjoint_ranges_at_exact_fill"],
        notice: "overlap",
    },
    Mutation {
        name: "block grown over its neighbour",
        file: "arena/src/sync_arena/cursor.rs",
        find: "cursor.offset.compare_exchange(ends.0, ends.1, Ordering::Relaxed, Ordering::Relaxed).is_ok()",
        replace: "{ cursor.offset.store(ends.1, Ordering::Relaxed); true }",
        models: &["sync_arena::growth_in_place_against_allocation"],
        notice: "lies in the text",
    },
    Mutation {
        name: "closed chunk left with room",
        file: "arena/src/sync_arena/cursor.rs",
        find: "self.offset.fetch_max(capacity + 1, Ordering::Relaxed)",
        replace: "self.offset.load(Ordering::Relaxed)",
        models: &["sync_arena::late_step_in_a_closed_chunk"],
        notice: "assertion",
    },
    Mutation {
        name: "end of an exhausted chunk not noted",
        file: "arena/src/sync_arena/cursor.rs",
        find: "if offset <= capacity {",
        replace: "if false {",
        models: &["sync_arena::figures_against_installer"],
        notice: "assertion",
    },
    Mutation {
        name: "limit not looked at again under the lock",
        file: "arena/src/sync_arena/chunks.rs",
        find: "        // Other threads may have taken more since the first check.
        self.check_limit(step, size)?;",
        replace: "",
        models: &["sync_arena::limit_reached_at_a_close"],
        notice: "Overflow",
    },
];
