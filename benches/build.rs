//! Records what compiled the suite, because a figure without its compiler cannot be compared.

use std::process::Command;

fn main() {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".into());
    let version = Command::new(rustc)
        .arg("--version")
        .output()
        .ok()
        .and_then(|out| String::from_utf8(out.stdout).ok())
        .unwrap_or_else(|| "unknown rustc".into());
    println!("cargo:rustc-env=RATOON_RUSTC={}", version.trim());
    for name in ["PROFILE", "OPT_LEVEL", "TARGET"] {
        let value = std::env::var(name).unwrap_or_default();
        println!("cargo:rustc-env=RATOON_{name}={value}");
    }
    println!("cargo:rerun-if-changed=build.rs");
}
