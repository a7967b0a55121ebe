//! What is kept from one request to the next, and what that is worth: GoFarm swept its collector's
//! target from little memory to much; here it is what pool and arena retain. And the slowest of a
//! million operations.

mod load;
mod sweep;
mod tails;

use super::{Experiment, Section};

/// The section `retention`.
pub const SECTION: Section = Section {
    name: "retention",
    title: "Memory against speed, and tails",
    workloads: &[],
    experiments: &[SWEEP, POOL_TAILS, ARENA_TAILS],
};

const SWEEP: Experiment = Experiment {
    key: "retention/sweep",
    title: "five settings of what pool and arena retain, under bursts and giants",
    note: "Each thread takes bursts of 1 to 32 workspaces, every sixteenth time up to 512, fills them and \
           returns them; one request in 512 is 64 KiB instead of 2, one in 16,384 is 2 MiB. A monitor \
           trims every 10 ms. Time is from get to filled. In memory: what idle workspaces hold.",
    weight: 20,
    run: sweep::run,
};

const POOL_TAILS: Experiment = Experiment {
    key: "retention/pool_tails",
    title: "the slowest of single pool operations: get, fill, reset, put of a request context",
    note: "Each operation is timed by itself, so each figure contains the timer's own time, which is \
           shown alone. On a shared machine the last column is mostly the machine's.",
    weight: 10,
    run: tails::pools,
};

const ARENA_TAILS: Experiment = Experiment {
    key: "retention/arena_tails",
    title: "the slowest of single arena operations: copy of a string of 3 to 200 bytes",
    note: "As above, an arena for each thread. Every 1024th operation resets the arena, too.",
    weight: 10,
    run: tails::arenas,
};
