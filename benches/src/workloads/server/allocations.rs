//! What a request costs in allocator calls, counted in the server's threads.

use super::rig::{Place, Rig};
use crate::harness::Figure;
use crate::load::Until;
use crate::server::Variant;
use crate::workloads::{Outcome, Settings, Table};

pub(super) fn run(settings: &Settings) -> Outcome {
    let place = Place::new(settings);
    let mut table = Table::new(&[
        "server",
        "requests",
        "calls per request",
        "bytes per request",
        "calls in all",
    ]);
    for variant in Variant::EVERY {
        let mut rig = Rig::start(variant, 16, &place, None)?;
        let requests = match variant {
            Variant::All => settings.by_pace(1_000, 100_000, 100_000),
            _ => settings.by_pace(1_000, 10_000, 100_000),
        };
        let (outcome, counts) = rig.count(Until::Requests(requests))?;
        let per_request = |count: u64| count as f64 / outcome.requests as f64;
        table.row([
            variant.label().into(),
            outcome.requests.to_string(),
            format!("{:.2}", per_request(counts.allocations)),
            format!("{:.0}", per_request(counts.bytes)),
            counts.allocations.to_string(),
        ]);
        if variant == Variant::All {
            let calls = Figure::exact(per_request(counts.allocations));
            table.figure("server/allocs_per_request", calls);
        }
    }
    Ok(table)
}
