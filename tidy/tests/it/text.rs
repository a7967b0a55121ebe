//! What stands in no file of the repository.

use std::fs;

use crate::workspace::{files, root};

/// Notes to oneself, and paths that exist on one machine only. In parts, or this file would be found.
const NOWHERE: [&str; 7] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X:"),
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
    concat!("<<<", "<<<<"),
];

#[test]
fn notes_and_private_paths() {
    let mut wrong = Vec::new();
    for file in files(root(), &["rs", "md", "toml", "stderr", "yml", "svg", "html"]) {
        let text = fs::read_to_string(&file).expect("a text");
        for (index, line) in text.lines().enumerate() {
            if NOWHERE.iter().any(|nowhere| line.contains(nowhere)) {
                wrong.push(format!("{}:{}: {}", file.display(), index + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
