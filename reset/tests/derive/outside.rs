//! Crates outside this workspace, as a user has them: each is copied out of the source tree, and built
//! by cargo with the workspace's locked versions.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Calls `cargo COMMAND` for the crate in `tests/outside/NAME`, in `edition`.
fn cargo(command: &str, name: &str, edition: &str) {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = package.parent().expect("the package lies in the workspace");
    let source = package.join("tests/outside").join(name);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let copy = target.join("outside").join(format!("{name}-{edition}"));

    if copy.exists() {
        fs::remove_dir_all(&copy).expect("an earlier copy that goes");
    }
    fs::create_dir_all(copy.join("src")).expect("a folder for the copy");
    let manifest = fs::read_to_string(source.join("Cargo.toml")).expect("a manifest");
    let root_path = root.to_str().expect("a path in UTF-8").replace('\\', "/");
    let manifest = manifest.replace("../../../..", &root_path).replace("EDITION", edition);
    fs::write(copy.join("Cargo.toml"), manifest).expect("a manifest");
    for file in fs::read_dir(source.join("src")).expect("the sources") {
        let file = file.expect("a source");
        fs::copy(file.path(), copy.join("src").join(file.file_name())).expect("a copy of it");
    }
    // No index is asked: these are the versions that the workspace was built with.
    fs::copy(root.join("Cargo.lock"), copy.join("Cargo.lock")).expect("the locked versions");

    let output = Command::new(env!("CARGO"))
        // Flags of this run, such as a sanitizer's, are not those of a user.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .args([command, "--quiet", "--manifest-path"])
        .arg(copy.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target.join("outside/target"))
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{edition}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn crate_that_renamed_ratoon_reset() {
    cargo("run", "renamed", "2018");
}

#[test]
fn crate_that_depends_on_the_pool_alone() {
    cargo("run", "pool-only", "2024");
}

#[test]
fn crate_that_depends_on_the_arena_alone() {
    cargo("run", "arena-only", "2024");
}

#[test]
fn crate_that_depends_on_the_header_map_alone() {
    cargo("run", "header-map-only", "2024");
}

#[test]
fn crate_of_any_edition() {
    for edition in ["2015", "2018", "2021", "2024"] {
        cargo("run", "editions", edition);
    }
}

#[test]
fn crate_whose_context_holds_types_of_other_crates() {
    cargo("test", "foreign-types", "2024");
}

#[test]
fn crate_without_std() {
    cargo("check", "no-std", "2024");
}
