//! What a connection costs that does nothing: the case for a pool where one could keep everything per
//! connection.

use super::rig::{Place, Rig};
use crate::harness::Figure;
use crate::server::{Variant, raise_file_limit};
use crate::workloads::{Bar, Chart, Outcome, Settings, Table};

/// Files that server and load generator need for other things.
const SPARE: u64 = 256;

pub(super) fn run(settings: &Settings) -> Outcome {
    let wanted: u64 = settings.by_pace(50, 2_000, 10_000);
    let connections = wanted.min(raise_file_limit().saturating_sub(SPARE));
    let place = Place::new(settings);
    let mut table =
        Table::new(&["server", "idle connections", "MiB before", "MiB", "KiB for each"]);
    let mut bars = Vec::new();
    let mut naive = None;
    for variant in [Variant::Naive, Variant::All, Variant::PerConnection] {
        let mut rig = Rig::start(variant, 1, &place, None)?;
        let before = rig.server.resident_bytes()?;
        rig.hold(connections as usize)?;
        let held = rig.server.resident_bytes()?;
        let each = held.saturating_sub(before) as f64 / connections as f64 / 1024.0;
        match (variant, naive) {
            (Variant::Naive, _) => naive = Some(held),
            (Variant::All, Some(naive)) => {
                let times = Figure::exact(naive as f64 / held as f64);
                table.figure("server/idle/resident_vs_naive", times);
                let resident = Figure::exact(held as f64 / (1024.0 * 1024.0));
                table.figure("server/idle/resident_mib", resident);
            }
            _ => {}
        }
        table.row([
            variant.label().into(),
            connections.to_string(),
            mib(before),
            mib(held),
            format!("{each:.1}"),
        ]);
        bars.push(Bar {
            label: variant.label().into(),
            kind: variant.kind(),
            value: each,
            text: format!("{each:.1} KiB"),
        });
    }
    table.charts.push(Chart::Bars {
        title: "resident memory per idle connection: less is better".into(),
        bars,
    });
    if connections < wanted {
        table.remark(format!(
            "{connections} connections instead of {wanted}: the system allows no more open files."
        ));
    }
    Ok(table)
}

pub(super) fn mib(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / (1024.0 * 1024.0))
}
