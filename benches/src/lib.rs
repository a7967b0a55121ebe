//! The comparison suite of the Ratoon crates: what naive allocation costs, what each piece saves,
//! and how the published peers do, measured side by side.
//!
//! * [`harness`] runs the subjects of a workload in interleaved rounds and turns times into ratios.
//! * [`workloads`] holds what is measured; criterion benches and `compare` share it.
//! * [`figures`] lists the figures that are shown, promised and judged.
//! * [`peers`] lists the published crates that are measured.
//! * [`compare`] is the command line with its reports.
//! * [`server`] and [`load`] are the two sides of the experiment over HTTP.
//! * [`alloc`] is the global allocator: it picks the malloc and counts allocations.
//!
//! `cargo compare --quick` is the way in.

pub mod alloc;
pub mod compare;
pub mod figures;
pub mod harness;
pub mod load;
pub mod peers;
pub mod server;
pub mod workloads;

#[global_allocator]
static GLOBAL: alloc::Switched = alloc::Switched;
