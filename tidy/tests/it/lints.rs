//! Every package takes the workspace's lints, and whoever relaxes one says why.

use crate::workspace::{code_lines, packages, root, sources};

#[test]
fn workspace_lints_everywhere() {
    for package in packages() {
        let manifest = package["manifest_path"].as_str().expect("a path");
        let text = std::fs::read_to_string(manifest).expect("a manifest");
        assert!(text.contains("[lints]\nworkspace = true"), "{manifest} lacks the lints");
    }
}

#[test]
fn relaxed_lints_have_reasons() {
    let mut wrong = Vec::new();
    for file in sources(root()) {
        // What a user writes (cases of the compiler tests) or gets (what the derive generates).
        let shown = ["ui", "golden", "derive/src"];
        if shown.iter().any(|folder| file.display().to_string().contains(&format!("/{folder}/"))) {
            continue;
        }
        let text = std::fs::read_to_string(&file).expect("a source file");
        for (number, line) in code_lines(&text) {
            let relaxes = ["#[allow(", "#![allow(", "#[expect(", "#![expect("];
            if relaxes.iter().any(|attribute| line.trim_start().starts_with(attribute)) {
                let from_here: Vec<_> = text.lines().skip(number - 1).collect();
                let from_here = from_here.join("\n");
                let attribute = from_here.split(")]").next().expect("at least one part");
                if !attribute.contains("reason") {
                    wrong.push(format!("{}:{number}: {}", file.display(), line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "say why: {wrong:#?}");
}
