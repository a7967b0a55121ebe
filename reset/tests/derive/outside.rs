//! Crates outside this workspace, as a user has them: each is copied out of the source tree, and run
//! by cargo with the workspace's locked versions.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs the crate in `tests/outside/NAME`.
fn run(name: &str) {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = package.parent().expect("the package lies in the workspace");
    let source = package.join("tests/outside").join(name);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let copy: PathBuf = target.join("outside").join(name);

    fs::create_dir_all(copy.join("src")).expect("a folder for the copy");
    let manifest = fs::read_to_string(source.join("Cargo.toml")).expect("a manifest");
    let root_path = root.to_str().expect("a path in UTF-8").replace('\\', "/");
    let manifest = manifest.replace("../../../..", &root_path);
    fs::write(copy.join("Cargo.toml"), manifest).expect("a manifest");
    fs::copy(source.join("src/main.rs"), copy.join("src/main.rs")).expect("the source");
    // Nothing is asked of the network: these versions are there, the workspace was built with them.
    fs::copy(root.join("Cargo.lock"), copy.join("Cargo.lock")).expect("the locked versions");

    let output = Command::new(env!("CARGO"))
        .args(["run", "--offline", "--quiet", "--manifest-path"])
        .arg(copy.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target.join("outside/target"))
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn crate_that_renamed_ratoon_reset() {
    run("renamed");
}

#[test]
fn crate_that_depends_on_the_pool_alone() {
    run("pool-only");
}
