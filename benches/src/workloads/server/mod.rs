//! The GoFarm experiment: one HTTP/1.1 server on loopback in variants, under a real client's load.

mod allocations;
pub mod child;
mod depth;
mod idle;
mod process;
mod rig;
mod soak;

use super::{Experiment, Section};

/// The section `server`.
pub const SECTION: Section = Section {
    name: "server",
    title: "The server under load",
    workloads: &[],
    experiments: &[DEPTH_1, DEPTH_16, ALLOCATIONS, IDLE, SOAK],
};

/// The long run alone.
pub const SOAK_ONLY: Section = Section { experiments: &[SOAK], ..SECTION };

const DEPTH_1: Experiment = Experiment {
    key: "server/depth1",
    title: "one request at a time on each connection",
    note: "Most of a request's time is the kernel's here, the same for all. Loopback is no network: there \
           is no loss and next to no delay. The load generator checks every byte of every answer.",
    weight: 160,
    run: |settings| depth::run(settings, 1),
};

const DEPTH_16: Experiment = Experiment {
    key: "server/depth16",
    title: "sixteen requests at a time on each connection",
    note: "As a proxy in front of a service sends them. System calls are shared by sixteen requests, so \
           the service itself shows. hyper, below axum, writes each answer by itself.",
    weight: 160,
    run: |settings| depth::run(settings, 16),
};

const ALLOCATIONS: Experiment = Experiment {
    key: "server/allocations",
    title: "allocator calls per request, in the server's threads, after warm-up",
    note: "Counted in a run of its own: a counting allocator is slower, and a timed run does not count.",
    weight: 30,
    run: allocations::run,
};

const IDLE: Experiment = Experiment {
    key: "server/idle",
    title: "resident memory with idle keep-alive connections",
    note: "Each connection has served one request and rests. All keep a read and a write buffer per \
           connection, of which a small request touches one page each.",
    weight: 20,
    run: idle::run,
};

const SOAK: Experiment = Experiment {
    key: "server/soak",
    title: "a long run with giant requests and a monitor that trims every 10 ms",
    note: "Naive and Ratoon take turns in slices of a second at most. Every 2048th batch is a single \
           request of 640 KiB. The first tenth is warm-up; then the first quarter (a minute at most) is \
           compared with the last, each by its median.",
    weight: 200,
    run: soak::run,
};
