//! The commands that README shows are the ones that CI runs.

use crate::workspace::read;

/// Commands in README's `console` blocks below the given heading.
fn commands_below(heading: &str) -> Vec<String> {
    let readme = read("README.md");
    let (_, below) = readme.split_once(heading).unwrap_or_else(|| panic!("no `{heading}`"));
    let section = below.split("\n## ").next().expect("at least one part");
    let mut commands = Vec::new();
    for block in section.split("```console\n").skip(1) {
        let block = block.split("```").next().expect("at least one part");
        commands.extend(block.lines().filter_map(|line| line.strip_prefix("$ ")).map(command));
    }
    commands
}

fn command(line: &str) -> String {
    line.split('#').next().expect("at least one part").trim().to_owned()
}

#[test]
fn setup_is_two_commands() {
    let commands = commands_below("\n## The two commands\n");
    assert_eq!(commands, ["cargo compare", "cargo test --workspace"]);
}

#[test]
fn ci_runs_the_setup() {
    let ci = read(".ci/run");
    for expected in [
        "cargo fmt --all --check",
        "cargo clippy --workspace --all-targets --all-features --locked -- -D warnings",
        "cargo test --workspace --locked",
        "cargo test --workspace --all-features --locked",
        "cargo compare --quick",
        "bash .ci/deep",
    ] {
        assert!(ci.lines().any(|line| line.trim_start().contains(expected)), "CI lacks {expected}");
    }
}

#[test]
fn compare_alias() {
    let config = read(".cargo/config.toml");
    assert!(config.contains("--package ratoon-benches --bin compare --"));
}
