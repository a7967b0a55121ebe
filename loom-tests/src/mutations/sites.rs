//! Every place where threads meet must be weakened by a mutation.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::all;

/// Folders of what threads share. The header map and the derive share nothing.
const SOURCES: [&str; 2] = ["pool/src", "arena/src"];

/// The facades themselves, and tests.
const NOT_SEARCHED: [&str; 4] =
    ["pool/src/sync.rs", "arena/src/sync.rs", "arena/src/tests", "pool/src/tests"];

/// What a site begins with. Loads and stores that are relaxed cannot be weaker.
const SITES: [&str; 8] = [
    "Ordering::Acquire",
    "Ordering::Release",
    "Ordering::AcqRel",
    "Ordering::SeqCst",
    "lock()",
    "fence(",
    "compare_exchange",
    "fetch_",
];

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in a workspace")
}

pub(super) fn read(file: &str) -> String {
    fs::read_to_string(workspace().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// All source files below `folder`, from the root of the workspace.
fn files(folder: &str) -> Vec<String> {
    let mut files = Vec::new();
    let mut open = vec![PathBuf::from(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(workspace().join(&folder)).expect("a folder") {
            let path = folder.join(entry.expect("an entry").file_name());
            let name = path.to_str().expect("a plain name").replace('\\', "/");
            if NOT_SEARCHED.iter().any(|skipped| name.starts_with(skipped)) {
                continue;
            }
            if workspace().join(&path).is_dir() {
                open.push(path);
            } else {
                files.push(name);
            }
        }
    }
    files
}

/// Where a site begins, and what it is.
fn sites(text: &str) -> Vec<(usize, &'static str)> {
    let mut sites = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let code = line.split("//").next().unwrap_or(line);
        for site in SITES {
            for (at, _) in code.match_indices(site) {
                let before = code[..at].chars().next_back();
                let inside_a_word = before.is_some_and(|it| it.is_alphanumeric() || it == '_');
                if !inside_a_word && !code[..at].ends_with("fn ") {
                    sites.push((start + at, site));
                }
            }
        }
        start += line.len();
    }
    sites
}

#[test]
fn every_site_is_weakened() {
    let mut missed = Vec::new();
    for file in SOURCES.iter().flat_map(|folder| files(folder)) {
        let text = read(&file);
        let weakened = all().filter(|it| it.file == file).map(|it| it.range(&text));
        let known: Vec<Range<usize>> =
            weakened.map(|range| range.unwrap_or_else(|why| panic!("{file}: {why}"))).collect();
        // Unit tests stand at the end of a file, and are not shared code.
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(&text);
        for (at, site) in sites(code) {
            let times = known.iter().filter(|range| range.contains(&at)).count();
            // Both halves of it can be taken away.
            let needed = if site == "Ordering::AcqRel" { 2 } else { 1 };
            if times < needed {
                let line = text[..at].matches('\n').count() + 1;
                missed.push(format!("{file}:{line}: {site}"));
            }
        }
    }
    assert!(missed.is_empty(), "no mutation weakens these: {missed:#?}");
}

#[test]
fn sites_found() {
    let text = "a.lock(); // b.lock()\nfn lock() { c.compare_exchange(Ordering::AcqRel) }";
    let found: Vec<_> = sites(text).into_iter().map(|(_, site)| site).collect();
    assert_eq!(found, ["lock()", "Ordering::AcqRel", "compare_exchange"]);
}
