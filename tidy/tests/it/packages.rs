//! What every published crate carries.

use crate::workspace::{PUBLISHED, packages, read};

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
    assert!(read("README.md").contains("Rust 1.85"), "README does not say the MSRV");
}
