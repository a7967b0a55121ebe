//! What the rules are checked on: the manifests as cargo reads them, and the source files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The crates that are published, in dependency order: (package, folder).
pub(crate) const PUBLISHED: [(&str, &str); 5] = [
    ("ratoon-reset-derive", "reset/derive"),
    ("ratoon-reset", "reset"),
    ("ratoon-pool", "pool"),
    ("ratoon-arena", "arena"),
    ("ratoon-header-map", "header-map"),
];

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tidy lies in the workspace").into()
}

pub(crate) fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What `cargo metadata` prints with the given arguments.
pub(crate) fn metadata(arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1"])
        .args(arguments)
        .current_dir(root())
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo prints JSON")
}

/// The workspace's packages.
pub(crate) fn packages() -> Vec<Value> {
    let metadata = metadata(&["--no-deps", "--offline"]);
    metadata["packages"].as_array().expect("a list of packages").clone()
}

/// The features that a user of a package chooses from; the checkers are for the models of this repository.
pub(crate) fn user_features(package: &Value) -> impl Iterator<Item = &str> {
    let features = package["features"].as_object().expect("a table");
    features
        .keys()
        .map(String::as_str)
        .filter(|feature| !["default", "loom", "shuttle"].contains(feature))
}

/// All `.rs` files below a folder of the workspace, build output aside.
pub(crate) fn sources(folder: impl AsRef<Path>) -> Vec<PathBuf> {
    files(folder, &["rs"])
}

/// All files below a folder whose extension is one of `extensions`, build output aside.
pub(crate) fn files(folder: impl AsRef<Path>, extensions: &[&str]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
        for entry in entries {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                if !path.ends_with("target") && !path.ends_with(".git") {
                    open.push(path);
                }
            } else if let Some(extension) = path.extension()
                && extensions.iter().any(|wanted| extension == *wanted)
            {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}
