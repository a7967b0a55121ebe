//! What a figure is worth nothing without: machine, compiler, versions, commit, date.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// Where, when and with what a report was made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Machine {
    /// Processor model.
    pub cpu: String,
    /// Threads that run at once.
    pub cores: usize,
    /// Memory in MiB.
    pub memory_mib: u64,
    /// Kernel and architecture.
    pub system: String,
    /// Compiler, optimisation level and target.
    pub compiler: String,
    /// The commit, marked when the tree has changes on top of it.
    pub commit: String,
    /// When the run began, UTC.
    pub date: String,
    /// `quick`, `full` or `smoke`, and the threads of workloads that use several.
    pub mode: String,
    /// The malloc of the main process.
    pub malloc: String,
    /// Share of processor time in percent that the host of a virtual machine took for others while the
    /// run lasted; `None` until it ends, or where the system does not tell.
    pub stolen_percent: Option<f64>,
    /// Locked versions of the peers and of what the server consists of.
    pub versions: BTreeMap<String, String>,
}

impl Machine {
    /// Looks around. What cannot be found out is called `unknown`.
    pub fn new(mode: String) -> Machine {
        Machine {
            cpu: cpu(),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            memory_mib: memory_mib(),
            system: output("uname", &["-sm"]),
            compiler: format!(
                "{}, {} profile, opt-level {}, {}",
                env!("RATOON_RUSTC"),
                env!("RATOON_PROFILE"),
                env!("RATOON_OPT_LEVEL"),
                env!("RATOON_TARGET"),
            ),
            commit: commit(),
            date: utc(),
            mode,
            malloc: crate::alloc::Malloc::current().name().into(),
            stolen_percent: None,
            versions: versions(
                include_str!("../../../Cargo.lock"),
                include_str!("../../Cargo.toml"),
            ),
        }
    }
}

/// Processor time of the whole machine so far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ProcessorTime {
    all: u64,
    stolen: u64,
}

impl ProcessorTime {
    /// Now; `None` where the system does not tell.
    pub(super) fn now() -> Option<ProcessorTime> {
        ProcessorTime::parse(&fs::read_to_string("/proc/stat").ok()?)
    }

    /// From the line `cpu  user nice system idle iowait irq softirq steal …`.
    fn parse(stat: &str) -> Option<ProcessorTime> {
        let line = stat.lines().find_map(|line| line.strip_prefix("cpu "))?;
        let times: Vec<u64> = line.split_whitespace().map_while(|time| time.parse().ok()).collect();
        // What guests take is contained in what users take.
        let all = times.iter().take(8).sum();
        let stolen = *times.get(7)?;
        Some(ProcessorTime { all, stolen })
    }

    /// Share that was stolen since, in percent.
    pub(super) fn stolen_percent_since(self, earlier: ProcessorTime) -> Option<f64> {
        let all = self.all.checked_sub(earlier.all).filter(|&all| all > 0)?;
        Some(self.stolen.checked_sub(earlier.stolen)? as f64 / all as f64 * 100.0)
    }
}

fn cpu() -> String {
    fs::read_to_string("/proc/cpuinfo")
        .ok()
        .and_then(|info| {
            let line = info.lines().find(|line| line.starts_with("model name"))?;
            Some(line.split_once(':')?.1.trim().to_owned())
        })
        .unwrap_or_else(|| "unknown".into())
}

fn memory_mib() -> u64 {
    fs::read_to_string("/proc/meminfo")
        .ok()
        .and_then(|info| {
            let line = info.lines().find(|line| line.starts_with("MemTotal"))?;
            line.split_whitespace().nth(1)?.parse::<u64>().ok()
        })
        .map_or(0, |kib| kib / 1024)
}

fn commit() -> String {
    let here = env!("CARGO_MANIFEST_DIR");
    let commit = output("git", &["-C", here, "rev-parse", "--short=12", "HEAD"]);
    let changes = output("git", &["-C", here, "status", "--porcelain", "--untracked-files=no"]);
    if changes.is_empty() || changes == "unknown" {
        commit
    } else {
        format!("{commit} with changes")
    }
}

fn output(program: &str, arguments: &[&str]) -> String {
    Command::new(program)
        .args(arguments)
        .output()
        .ok()
        .filter(|output| output.status.success())
        .and_then(|output| String::from_utf8(output.stdout).ok())
        .map_or_else(|| "unknown".into(), |text| text.trim().to_owned())
}

/// Versions from the lock file of the dependencies that the manifest pins.
fn versions(lock: &str, manifest: &str) -> BTreeMap<String, String> {
    let dependencies = manifest.split("[dependencies]").nth(1).unwrap_or_default();
    let names: Vec<&str> = dependencies
        .lines()
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split(['=', '.', ' ']).next())
        .filter(|name| !name.is_empty() && !name.starts_with('#'))
        .collect();
    lock.split("[[package]]")
        .filter_map(|package| Some((field(package, "name")?, field(package, "version")?)))
        .filter(|(name, _)| names.contains(name))
        .map(|(name, version)| (name.to_owned(), version.to_owned()))
        .collect()
}

fn field<'a>(package: &'a str, name: &str) -> Option<&'a str> {
    let line = package
        .lines()
        .find(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(" =")))?;
    line.split('"').nth(1)
}

/// Now, as `2026-01-31 23:59 UTC`.
fn utc() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (year, month, day) = civil((seconds / 86_400) as i64);
    format!("{year}-{month:02}-{day:02} {:02}:{:02} UTC", seconds / 3600 % 24, seconds / 60 % 60)
}

/// Days since 1970 to a date (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_index = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_index + 2) / 5 + 1;
    let month = if month_index < 10 { month_index + 3 } else { month_index - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::{ProcessorTime, civil, versions};

    #[test]
    fn time_that_the_host_took() {
        let stat = |idle: u64, stolen: u64| {
            format!("cpu  10 0 20 {idle} 0 0 0 {stolen} 5 0\ncpu0 1 2 3\n")
        };
        let before = ProcessorTime::parse(&stat(100, 40)).expect("a line");
        let after = ProcessorTime::parse(&stat(180, 60)).expect("a line");
        assert_eq!(after.stolen_percent_since(before), Some(20.0));
        assert_eq!(before.stolen_percent_since(before), None, "no time has passed");
        assert_eq!(before.stolen_percent_since(after), None, "time does not run back");
        assert_eq!(ProcessorTime::parse("cpu  1 2 3\n"), None);
        assert_eq!(ProcessorTime::parse(""), None);
    }

    #[test]
    fn dates_around_leap_days() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(11_016), (2000, 2, 29));
        assert_eq!(civil(20_513), (2026, 3, 1));
    }

    #[test]
    fn versions_of_direct_dependencies_only() {
        let lock = "[[package]]\nname = \"opool\"\nversion = \"0.2.0\"\n\n[[package]]\nname = \"far\"\nversion = \"9.0.0\"\n";
        let found =
            versions(lock, "[dependencies]\nopool = \"=0.2.0\"\n[dev-dependencies]\nfar = \"9\"\n");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [("opool".into(), "0.2.0".into())]);
    }
}
