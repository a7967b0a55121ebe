//! The figures in READMEs and crate docs: all of one full run, written by `--docs` between markers.
//!
//! A block begins with the line `<!-- figures: NAME -->` and ends with `<!-- end of figures -->`. The run is
//! recorded in `benches/figures.json`, and [`stale_blocks`] makes every block again from it, so a figure that
//! was edited by hand is found.

use std::fmt::Write;
use std::path::Path;
use std::{fs, io};

use super::answer::answer;
use super::terminal::figure;
use super::{Report, markdown};
use crate::figures::{self, FIGURES};
use crate::peers::{PEERS, Peer};
use crate::workloads::Failure;

/// A place in the docs that shows figures.
struct Block {
    file: &'static str,
    name: &'static str,
    text: fn(&Report) -> String,
}

const BLOCKS: &[Block] = &[
    Block { file: "README.md", name: "answer", text: fenced_answer },
    Block { file: "README.md", name: "headline", text: markdown::table },
    Block { file: "pool/src/lib.rs", name: "pool", text: pool },
    Block { file: "arena/README.md", name: "arena", text: arena },
    Block { file: "arena/src/lib.rs", name: "arena", text: arena },
    Block { file: "header-map/src/lib.rs", name: "header map", text: header_map },
    Block { file: "benches/README.md", name: "peers", text: peers },
];

/// The run that the docs show, without its single rounds.
const RECORD: &str = "benches/figures.json";

const END: &str = "<!-- end of figures -->";

/// Reads a report that docs can be written from: a full run of all sections. The record itself may lack
/// figures that were added after its run: the tables can be written in another form without a new run.
pub(super) fn read(root: &Path, path: &Path) -> Result<Report, Failure> {
    let name = path.display();
    let text = fs::read_to_string(path).map_err(|error| format!("cannot read {name}: {error}"))?;
    let report: Report =
        serde_json::from_str(&text).map_err(|error| format!("{name} is no report: {error}"))?;
    if !report.machine.mode.starts_with("full") {
        let mode = &report.machine.mode;
        return Err(format!("{name} is of a run that was {mode}; docs show a full run").into());
    }
    if !report.machine.compiler.contains(" release profile") {
        return Err(format!("{name} is of a build that was not optimised; use --release").into());
    }
    let is_record = match (path.canonicalize(), root.join(RECORD).canonicalize()) {
        (Ok(path), Ok(record)) => path == record,
        _ => false,
    };
    match FIGURES.iter().find(|figure| !report.ratios.contains_key(figure.key)) {
        Some(figure) if !is_record => {
            Err(format!("{name} lacks {}; docs show a run of all sections", figure.key).into())
        }
        _ => Ok(report),
    }
}

/// Writes all blocks and the record of their run into the repository at `root`.
pub(super) fn write(root: &Path, report: &Report) -> Result<(), Failure> {
    let record = report.without_rounds();
    let mut files: Vec<(&str, String)> = Vec::new();
    for block in BLOCKS {
        let at = match files.iter().position(|(file, _)| *file == block.file) {
            Some(at) => at,
            None => {
                files.push((block.file, content(root, block.file)?));
                files.len() - 1
            }
        };
        let text = &mut files[at].1;
        let (start, end) = between_markers(text, block)?;
        text.replace_range(start..end, &lines(block, Some(&record)));
    }
    files.push((RECORD, serde_json::to_string(&record)? + "\n"));
    for (file, text) in files {
        fs::write(root.join(file), text)
            .map_err(|error| format!("cannot write {file}: {error}"))?;
    }
    Ok(())
}

/// The blocks in the repository at `root` that are not what `--docs` writes from the recorded run.
///
/// # Errors
/// If a file or a marker is missing, or the record cannot be read.
pub fn stale_blocks(root: &Path) -> Result<Vec<String>, Failure> {
    let record = match fs::read_to_string(root.join(RECORD)) {
        Ok(text) => Some(serde_json::from_str::<Report>(&text)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(format!("cannot read {RECORD}: {error}").into()),
    };
    let mut stale = Vec::new();
    for block in BLOCKS {
        let text = content(root, block.file)?;
        let (start, end) = between_markers(&text, block)?;
        if text[start..end] != lines(block, record.as_ref()) {
            stale.push(format!("{}: {}", block.file, block.name));
        }
    }
    Ok(stale)
}

fn content(root: &Path, file: &str) -> Result<String, Failure> {
    fs::read_to_string(root.join(file))
        .map_err(|error| format!("cannot read {file}: {error}").into())
}

/// Where a block's lines begin and end, without the lines of its markers.
fn between_markers(text: &str, block: &Block) -> Result<(usize, usize), Failure> {
    let prefix = prefix(block.file);
    let first = format!("{prefix}<!-- figures: {} -->\n", block.name);
    let last = format!("{prefix}{END}\n");
    let missing = |marker: &str| format!("{} lacks the line {}", block.file, marker.trim_end());
    let start = text.find(&first).ok_or_else(|| missing(&first))? + first.len();
    let length = text[start..].find(&last).ok_or_else(|| missing(&last))?;
    Ok((start, start + length))
}

/// What stands before each line: crate docs are comments.
fn prefix(file: &str) -> &'static str {
    if file.ends_with(".rs") { "//! " } else { "" }
}

/// The lines of a block as they stand in its file.
fn lines(block: &Block, report: Option<&Report>) -> String {
    let text = match report {
        Some(report) => (block.text)(report),
        None => "No full run is recorded yet; `cargo compare` measures your machine.".into(),
    };
    let prefix = prefix(block.file);
    text.trim().lines().map(|line| format!("{prefix}{line}").trim_end().to_owned() + "\n").collect()
}

fn fenced_answer(report: &Report) -> String {
    format!("```text\n{}\n```", answer(report).trim())
}

/// The published crates with the versions that were measured.
fn peers(report: &Report) -> String {
    let mut text = String::from("| crate | version | licence | best at |\n|---|---|---|---|\n");
    for Peer { name, licence, best_at, .. } in PEERS {
        let version = report.machine.versions.get(*name).map_or("", String::as_str);
        let _ = writeln!(
            text,
            "| [{name}](https://docs.rs/{name}) | {version} | {licence} | {best_at} |"
        );
    }
    text
}

fn pool(report: &Report) -> String {
    let crates = [
        "ratoon",
        "regex-automata",
        "opool",
        "lockfree-object-pool",
        "rylv-pool",
        "sharded-slab",
        "object-pool",
        "poolshark",
        "dynamic-pool",
        "malloc",
    ];
    let workloads = [
        ("1 thread", "pool/context_1t"),
        ("2 threads", "pool/context_2t"),
        ("handed over", "pool/handoff"),
    ];
    table(&transposed(times(report, &crates, &workloads)), report)
}

fn arena(report: &Report) -> String {
    let crates = ["ratoon", "bumpalo", "bump-scope", "blink-alloc", "multitude", "malloc"];
    let workloads = [
        ("8 bytes", "arena/alloc_u64"),
        ("a string of 3 to 21 bytes, lengths never the same", "arena/alloc_str"),
        ("the same, in an order that the processor learns", "arena/alloc_str_in_order"),
        ("a string of 3 to 200 bytes", "arena/alloc_str_mixed"),
        ("64 words pushed to an empty vector", "arena/vec_push"),
        ("16 short strings pushed to an empty string", "arena/string_push"),
        ("a request: 16 nodes, 16 strings, a vector of 32, reset", "arena/request"),
        ("the same, half to twice as much at random", "arena/request_jitter"),
        ("a new arena, one request, dropped", "arena/cold"),
        ("8 bytes, shared by two threads", "arena/sync_alloc"),
    ];
    table(&times(report, &crates, &workloads), report)
}

fn header_map(report: &Report) -> String {
    let sets = ["browser", "proxy", "grpc", "cdn"];
    let phases = [
        ("fill in bulk, 12 look-ups, iterate, serialise, clear", "{}_bulk"),
        ("the same, filled one by one", "{}_each"),
        ("fill in bulk, clear", "{}_fill_bulk"),
        ("fill one by one, clear", "{}_fill_each"),
        ("12 look-ups by constant", "{}_get_known"),
        ("12 look-ups by string", "{}_get_str"),
    ];
    let head = ["", "browser, 16 headers", "proxy, 28", "gRPC, 10", "CDN response, 24"];
    let mut rows = vec![head.map(String::from).to_vec()];
    for (title, phase) in phases {
        let cells = sets.iter().map(|set| {
            // The browser's set is the one whose single phases have no prefix.
            let names = [phase.replace("{}", set), phase.replace("{}_", "")];
            let names = &names[..if *set == "browser" { 2 } else { 1 }];
            let mut keys = names.iter().map(|name| format!("header_map/{name}/vs_http"));
            let key = keys.find(|key| report.ratios.contains_key(key))?;
            Some(figures::unit(&key).of(&figure(report.ratios[&key])))
        });
        let cells = cells.map(Option::unwrap_or_default);
        rows.push(std::iter::once(title.to_owned()).chain(cells).collect());
    }
    table(&rows, report)
}

/// Nanoseconds per operation: a row for each workload, a column for each crate at its fastest.
fn times(report: &Report, crates: &[&str], workloads: &[(&str, &str)]) -> Vec<Vec<String>> {
    let name = |&name: &&str| match name {
        "ratoon" => "this crate".to_owned(),
        "malloc" => "`malloc` (glibc)".to_owned(),
        peer => {
            let version = report.machine.versions.get(peer).map_or("", String::as_str);
            format!("[{peer}](https://docs.rs/{peer}) {version}").trim_end().to_owned()
        }
    };
    let head = std::iter::once(String::new()).chain(crates.iter().map(name));
    let mut rows: Vec<Vec<String>> = vec![head.collect()];
    for (title, key) in workloads {
        let all = report.results.iter().flat_map(|section| &section.workloads);
        let workload = all.into_iter().find(|workload| workload.key == *key);
        let cell = |crate_name: &&str| {
            let workload = workload?;
            let fastest = workload.fastest(|subject| {
                let rest = subject.name.strip_prefix(crate_name);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))
            })?;
            let mode = fastest.name.strip_prefix(crate_name).unwrap_or_default();
            Some(figure(workload.shown_ns(fastest)) + mode)
        };
        let cells = crates.iter().map(|crate_name| cell(crate_name).unwrap_or_default());
        rows.push(std::iter::once((*title).to_owned()).chain(cells).collect());
    }
    rows
}

fn transposed(rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let columns = rows.first().map_or(0, Vec::len);
    (0..columns).map(|at| rows.iter().map(|row| row[at].clone()).collect()).collect()
}

/// A table in Markdown, its first row the head, with where and when its figures were measured.
fn table(rows: &[Vec<String>], report: &Report) -> String {
    let mut text = String::new();
    for (at, row) in rows.iter().enumerate() {
        let _ = writeln!(text, "| {} |", row.join(" | "));
        if at == 0 {
            let _ = writeln!(text, "|---|{}", "---:|".repeat(row.len().saturating_sub(1)));
        }
    }
    if let Some(warning) = super::answer::busy(report) {
        let _ = writeln!(text, "\n{warning}");
    }
    let _ = writeln!(text, "\n{}", markdown::origin(report));
    text
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::super::{Report, fake};
    use super::{BLOCKS, END, RECORD, prefix, read, stale_blocks, write};

    /// A repository of nothing but markers.
    fn repository(name: &str) -> PathBuf {
        let root = std::env::temp_dir().join(format!("ratoon-docs-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        for block in BLOCKS {
            let (file, prefix) = (root.join(block.file), prefix(block.file));
            fs::create_dir_all(file.parent().expect("a folder")).expect("made");
            let before = fs::read_to_string(&file).unwrap_or_default();
            let marker = format!("{prefix}<!-- figures: {} -->", block.name);
            let text = format!("{before}before\n{marker}\nold\n{prefix}{END}\nafter\n");
            fs::write(file, text).expect("written");
        }
        fs::create_dir_all(root.join(RECORD).parent().expect("a folder")).expect("made");
        root
    }

    fn edit(root: &Path, file: &str, from: &str, to: &str) {
        let path = root.join(file);
        let text = fs::read_to_string(&path).expect("there");
        assert!(text.contains(from), "{text}");
        fs::write(path, text.replacen(from, to, 1)).expect("written");
    }

    #[test]
    fn blocks_are_written_and_edits_are_found() {
        let root = repository("written");
        assert_eq!(
            stale_blocks(&root).expect("readable").len(),
            BLOCKS.len(),
            "`old` is no figure"
        );
        write(&root, &fake::report()).expect("writable");
        assert_eq!(stale_blocks(&root).expect("readable"), Vec::<String>::new());
        write(&root, &fake::report()).expect("writable twice");
        assert_eq!(stale_blocks(&root).expect("readable"), Vec::<String>::new());
        let text = fs::read_to_string(root.join("pool/src/lib.rs")).expect("there");
        assert!(text.starts_with("before\n//! <!--") && text.ends_with("figures -->\nafter\n"));
        assert!(text.contains("\n//! | this crate | 11.00 |  |  |\n"), "{text}");
        assert!(text.lines().all(|line| line.trim_end() == line), "{text}");
        edit(&root, "pool/src/lib.rs", "11.00", "10.00");
        edit(&root, "README.md", "2.00x", "3.00x");
        let stale = stale_blocks(&root).expect("readable");
        assert_eq!(stale, ["README.md: answer", "pool/src/lib.rs: pool"]);
        fs::remove_dir_all(root).expect("removed");
    }

    #[test]
    fn lost_markers_are_named_and_nothing_is_written() {
        let root = repository("markers");
        edit(&root, "header-map/src/lib.rs", "figures: header map", "nothing");
        let error = write(&root, &fake::report()).expect_err("a marker is lost").to_string();
        assert!(error.contains("header-map/src/lib.rs lacks the line"), "{error}");
        assert!(stale_blocks(&root).is_err());
        let readme = fs::read_to_string(root.join("README.md")).expect("there");
        assert!(readme.contains("\nold\n"), "{readme}");
        fs::remove_dir_all(root).expect("removed");
    }

    #[test]
    fn other_runs_are_refused() {
        let root = repository("refused");
        let path = root.join("report.json");
        let complaint = |text: String| {
            fs::write(&path, text).expect("written");
            read(&root, &path).expect_err("no full run").to_string()
        };
        let mut report = fake::report();
        let json = |report: &Report| serde_json::to_string(report).expect("serialises");
        assert!(complaint(json(&report)).contains("quick"), "a quick run");
        report.machine.mode = "full, 2 threads".into();
        report.machine.compiler = "rustc, dev profile".into();
        assert!(complaint(json(&report)).contains("not optimised"));
        report.machine.compiler = "rustc, release profile".into();
        assert!(complaint(json(&report)).contains("lacks pool/get_put_1t/over_floor_ns"));
        fs::write(root.join(RECORD), json(&report)).expect("written");
        assert!(read(&root, &root.join(RECORD)).is_ok(), "the record may be older than a figure");
        assert!(complaint("{}".into()).contains("is no report"));
        fs::remove_dir_all(root).expect("removed");
    }
}
