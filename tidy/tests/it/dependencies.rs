//! Who may depend on whom.

use crate::workspace::packages;

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
