//! The commands that the READMEs show are the ones that CI runs.

use crate::workspace::{PUBLISHED, packages, read, user_features};

/// Commands in the `console` blocks of a document.
fn commands(document: &str) -> Vec<String> {
    let mut commands = Vec::new();
    for block in document.split("```console\n").skip(1) {
        let block = block.split("```").next().expect("at least one part");
        commands.extend(block.lines().filter_map(|line| line.strip_prefix("$ ")).map(command));
    }
    commands
}

/// A shown command without the remark behind it.
fn command(line: &str) -> String {
    line.split('#').next().expect("at least one part").trim().to_owned()
}

/// Whether one line of CI runs `command`, perhaps with further arguments.
fn runs(ci: &str, command: &str) -> bool {
    ci.lines().map(str::trim_start).filter(|line| !line.starts_with('#')).any(|line| {
        let mut words = line.split_whitespace();
        command.split_whitespace().all(|wanted| words.any(|word| word == wanted))
    })
}

#[test]
fn setup_is_two_commands() {
    let readme = read("README.md");
    let (_, below) = readme.split_once("\n## The two commands\n").expect("the heading");
    let section = below.split("\n## ").next().expect("at least one part");
    assert_eq!(commands(section), ["cargo compare", "cargo test --workspace"]);
}

#[test]
fn ci_runs_what_the_readmes_show() {
    let ci = read(".ci/run");
    let readmes = PUBLISHED.iter().map(|(_, folder)| format!("{folder}/README.md"));
    for readme in readmes.chain(["README.md".to_owned()]) {
        for command in commands(&read(&readme)) {
            assert!(runs(&ci, &command), "{readme} shows {command}, and CI does not run it");
        }
    }
    for command in [
        "cargo fmt --all --check",
        "cargo clippy --workspace --all-targets --all-features --locked -- -D warnings",
        "cargo test --workspace --locked",
        "cargo test --workspace --all-features --locked",
        "cargo package --locked",
        "cargo compare --quick",
        "cargo doc --workspace --no-deps --all-features --locked",
        "bash .ci/deep",
    ] {
        assert!(runs(&ci, command), "CI lacks {command}");
    }
}

#[test]
fn ci_builds_each_feature_alone() {
    let ci = read(".ci/run");
    let lines: Vec<_> = ci.lines().collect();
    for package in packages() {
        let name = package["name"].as_str().expect("a name");
        if name == "ratoon-reset-derive"
            || PUBLISHED.iter().all(|(published, _)| *published != name)
        {
            continue; // The derive has no features.
        }
        let check = format!("--package {name} --no-default-features --features \"$feature\"");
        let at = lines.iter().position(|line| line.contains(&check));
        let list = lines[at.unwrap_or_else(|| panic!("CI lacks {check}")) - 1];
        let built: Vec<_> = list.split([' ', ';']).collect();
        for feature in user_features(&package) {
            let turns_on = package["features"][feature].as_array().expect("a list");
            if turns_on.iter().all(|other| *other == format!("ratoon-reset/{feature}"))
                && !turns_on.is_empty()
            {
                continue; // It is built there.
            }
            assert!(built.contains(&feature), "CI does not build {name} with {feature} alone");
        }
    }
}

#[test]
fn aliases_that_commands_use() {
    let config = read(".cargo/config.toml");
    assert!(config.contains("--package ratoon-benches --bin compare --"));
    assert!(config.contains("--package ratoon-loom-tests --bin loom --"));
}
