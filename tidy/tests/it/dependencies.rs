//! Who may depend on whom.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::workspace::{PUBLISHED, metadata, packages};

/// Siblings that a package may build on; every other package of the family is refused.
fn allowed(package: &str) -> &'static [&'static str] {
    match package {
        "ratoon-reset-derive" => &[],
        "ratoon-reset" => &["ratoon-reset-derive"],
        "ratoon-pool" | "ratoon-arena" | "ratoon-header-map" => {
            &["ratoon-reset", "ratoon-reset-derive"]
        }
        _ => &["ratoon-reset", "ratoon-pool", "ratoon-arena", "ratoon-header-map"],
    }
}

/// Nothing may depend on these, not even for its tests.
const LEAVES: [&str; 4] = ["ratoon-loom-tests", "ratoon-benches", "ratoon-examples", "ratoon-tidy"];

#[test]
fn directions() {
    let mut wrong = Vec::new();
    for package in packages() {
        let name = package["name"].as_str().expect("a name");
        for dependency in package["dependencies"].as_array().expect("a list") {
            let on = dependency["name"].as_str().expect("a name");
            if !on.starts_with("ratoon-") {
                continue;
            }
            let for_tests = dependency["kind"] == "dev";
            if LEAVES.contains(&on) || (!for_tests && !allowed(name).contains(&on)) {
                wrong.push(format!("{name} -> {on}"));
            }
        }
    }
    assert!(wrong.is_empty(), "dependencies against the rules: {wrong:#?}");
}

#[test]
fn derive_pinned_exactly() {
    for package in packages() {
        for dependency in package["dependencies"].as_array().expect("a list") {
            if dependency["name"] == "ratoon-reset-derive" && dependency["kind"] != "dev" {
                let requirement = dependency["req"].as_str().expect("a requirement");
                assert!(requirement.starts_with('='), "{} asks {requirement}", package["name"]);
            }
        }
    }
}

#[test]
fn nothing_required_by_the_trait() {
    let packages = packages();
    let reset = packages.iter().find(|package| package["name"] == "ratoon-reset");
    let dependencies = reset.expect("the package")["dependencies"].as_array().expect("a list");
    for dependency in dependencies.iter().filter(|dependency| dependency["kind"] != "dev") {
        assert_eq!(dependency["optional"], true, "{} is required", dependency["name"]);
    }
}

/// The ids of all packages that end up in the build of a user of the published crates.
fn in_a_users_build(metadata: &Value) -> BTreeSet<&str> {
    let packages = metadata["packages"].as_array().expect("a list");
    let nodes = metadata["resolve"]["nodes"].as_array().expect("a list");
    let is_published =
        |package: &&Value| PUBLISHED.iter().any(|(name, _)| package["name"] == *name);
    let mut open: Vec<_> =
        packages.iter().filter(is_published).map(|package| &package["id"]).collect();
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !found.insert(id.as_str().expect("an id")) {
            continue;
        }
        let node = nodes.iter().find(|node| node["id"] == *id).expect("a node for each package");
        for dependency in node["deps"].as_array().expect("a list") {
            let kinds = dependency["dep_kinds"].as_array().expect("a list");
            if kinds.iter().any(|kind| kind["kind"] != "dev" && !for_models(&kind["target"])) {
                open.push(&dependency["pkg"]);
            }
        }
    }
    found
}

/// Whether a dependency is there under `--cfg ratoon_loom` only.
fn for_models(target: &Value) -> bool {
    target.as_str().is_some_and(|target| target.contains("ratoon_loom"))
}

/// `1.85` of `1.85` and `1.85.1`, to be compared.
fn release(version: &str) -> (u32, u32) {
    let mut parts = version.split('.').map(|part| part.parse().expect("a number"));
    (parts.next().expect("a major"), parts.next().unwrap_or(0))
}

#[test]
fn locked_dependencies_keep_the_msrv() {
    let metadata = metadata(&["--locked", "--all-features"]);
    let used = in_a_users_build(&metadata);
    let packages = metadata["packages"].as_array().expect("a list");
    let msrv = packages.iter().find(|package| package["name"] == "ratoon-reset");
    let msrv = msrv.expect("the package")["rust_version"].as_str().expect("a version");
    let mut newer = Vec::new();
    for package in packages.iter().filter(|package| used.contains(package["id"].as_str().unwrap()))
    {
        // Those that say nothing are found by a build with that release only: `.ci/deep`.
        if let Some(asked) = package["rust_version"].as_str()
            && release(asked) > release(msrv)
        {
            newer.push(format!("{} {} asks {asked}", package["name"], package["version"]));
        }
    }
    assert!(used.len() > PUBLISHED.len(), "the walk found no dependency");
    assert!(newer.is_empty(), "the published crates promise Rust {msrv}: {newer:#?}");
}
