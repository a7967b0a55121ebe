//! What every published crate carries.

use crate::workspace::{PUBLISHED, packages, read, user_features};

#[test]
fn published_metadata() {
    let packages = packages();
    for (name, _) in PUBLISHED {
        let package = packages.iter().find(|package| package["name"] == name).expect(name);
        assert_eq!(package["rust_version"], "1.85", "{name}");
        assert_eq!(package["license"], "MIT OR Apache-2.0", "{name}");
        assert_eq!(package["publish"], serde_json::Value::Null, "{name}");
        for field in ["description", "readme", "documentation"] {
            assert!(package[field].is_string(), "{name} lacks `{field}`");
        }
        let features = package["features"].as_object().expect("a table");
        let documented = &package["metadata"]["docs"]["rs"]["all-features"];
        assert!(
            features.is_empty() || *documented == true,
            "{name}: docs.rs shows the default only"
        );
        for field in ["keywords", "categories"] {
            let entries = package[field].as_array().expect("a list").len();
            assert!((1..=5).contains(&entries), "{name}: `{field}` has {entries} entries");
        }
    }
}

#[test]
fn others_unpublished() {
    for package in packages() {
        let name = package["name"].as_str().expect("a name");
        if PUBLISHED.iter().all(|(published, _)| *published != name) {
            assert_eq!(package["publish"], serde_json::json!([]), "{name} could be published");
        }
    }
}

#[test]
fn licences_inside_each_crate() {
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        let text = read(licence);
        for (name, folder) in PUBLISHED {
            assert!(read(format!("{folder}/{licence}")) == text, "{name}: {licence} differs");
        }
    }
}

#[test]
fn changelog_heading_per_crate() {
    let changelog = read("CHANGELOG.md");
    for (name, _) in PUBLISHED {
        assert!(changelog.contains(&format!("### {name}\n")), "{name} has no heading");
    }
}

#[test]
fn msrv_said_as_it_is() {
    let readmes = PUBLISHED.iter().map(|(_, folder)| format!("{folder}/README.md"));
    for readme in readmes.chain(["README.md".to_owned()]) {
        assert!(read(&readme).contains("Rust 1.85"), "{readme} does not say the MSRV");
    }
}

#[test]
fn readme_named_after_its_crate() {
    for (name, folder) in PUBLISHED {
        let readme = read(format!("{folder}/README.md"));
        assert!(readme.starts_with(&format!("# {name}\n")), "{folder}/README.md");
    }
}

#[test]
fn features_documented() {
    let readme = read("README.md");
    let packages = packages();
    for (name, folder) in PUBLISHED {
        let package = packages.iter().find(|package| package["name"] == name).expect(name);
        let manifest = read(format!("{folder}/Cargo.toml"));
        let row = readme.lines().find(|line| line.starts_with(&format!("| `{name}` |")));
        for feature in user_features(package) {
            let lines: Vec<_> = manifest.lines().collect();
            let at = lines.iter().position(|line| line.starts_with(&format!("{feature} = [")));
            let above = at.and_then(|at| lines.get(at.wrapping_sub(1)));
            let commented = above.is_some_and(|line| line.starts_with("## "));
            assert!(commented, "{folder}/Cargo.toml says nothing above `{feature}`");
            let row = row.unwrap_or_else(|| panic!("README has no row of features for {name}"));
            assert!(row.contains(&format!("`{feature}`")), "README does not list {name}/{feature}");
        }
    }
}
