//! What the derive costs a user's build: cargo's time for a crate with 200 derived structs of 8 fields,
//! beside the same impls written by hand. Medians of interleaved rounds, dependencies built before.
//!
//! `cargo bench -p ratoon-reset --bench derive_cost`

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const STRUCTS: usize = 200;
const ROUNDS: usize = 5;
const FIELDS: [&str; 8] = [
    "u64",
    "String",
    "Vec<u8>",
    "Option<String>",
    "bool",
    "Vec<String>",
    "(u32, u32)",
    "std::collections::HashMap<String, u64>",
];

/// How the structs implement `Reset`.
#[derive(Clone, Copy)]
enum By {
    Derive,
    Hand,
}

/// The source of the crate. `round` makes each one new to cargo.
fn source(by: By, round: usize) -> String {
    let mut source = format!("// Round {round}.\nuse ratoon_reset::Reset;\n");
    for number in 0..STRUCTS {
        if let By::Derive = by {
            source.push_str("#[derive(Reset)]\n");
        }
        let _ = write!(source, "pub struct Context{number} {{ ");
        for (index, ty) in FIELDS.iter().enumerate() {
            let _ = write!(source, "pub field{index}: {ty}, ");
        }
        source.push_str("}\n");
        if let By::Hand = by {
            by_hand(number, &mut source);
        }
    }
    source
}

/// Adds the impl for one struct.
fn by_hand(number: usize, source: &mut String) {
    let names = || (0..FIELDS.len()).map(|index| format!("field{index}"));
    let pattern = names().collect::<Vec<_>>().join(", ");
    let each = |call: &str, between: &str| {
        names().map(|name| name + call).collect::<Vec<_>>().join(between)
    };
    let methods = [
        ("fn reset(&mut self)", each(".reset();", " ")),
        ("fn reusable(&self) -> bool", each(".reusable()", " && ")),
        ("fn retained_bytes(&self) -> usize", each(".retained_bytes()", " + ")),
    ];
    let _ = writeln!(source, "impl Reset for Context{number} {{");
    for (signature, body) in methods {
        let _ =
            writeln!(source, "#[inline] {signature} {{ let Self {{ {pattern} }} = self; {body} }}");
    }
    source.push_str("}\n");
}

/// A crate in a folder of its own that depends on `ratoon-reset`.
fn write_crate(folder: &Path, source: &str) {
    let package = env!("CARGO_MANIFEST_DIR").replace('\\', "/");
    fs::create_dir_all(folder.join("src")).expect("a folder");
    let manifest = format!(
        "[package]\nname = \"derive-cost\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         [dependencies]\nratoon-reset = {{ path = \"{package}\" }}\n[workspace]\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
    fs::write(folder.join("src/lib.rs"), source).expect("a source");
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).expect("the locked versions");
}

/// Runs cargo on the crate and returns the time that it took.
fn cargo(folder: &Path, arguments: &[&str]) -> Duration {
    let start = Instant::now();
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .arg("--quiet")
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .expect("cargo starts");
    let took = start.elapsed();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    took
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}

fn main() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("derive-cost");
    println!("{STRUCTS} structs of {} fields, seconds:", FIELDS.len());
    println!("{:<24}{:>8}{:>8}", "", "derived", "by hand");
    for arguments in [&["check"][..], &["build"], &["build", "--release"]] {
        write_crate(&folder, "");
        cargo(&folder, arguments);
        let mut times = [Vec::new(), Vec::new()];
        for round in 0..ROUNDS {
            for (by, times) in [By::Derive, By::Hand].into_iter().zip(&mut times) {
                write_crate(&folder, &source(by, round));
                times.push(cargo(&folder, arguments));
            }
        }
        let [derived, by_hand] = times.map(median);
        println!("{:<24}{derived:>8.2}{by_hand:>8.2}", format!("cargo {}", arguments.join(" ")));
    }
}
