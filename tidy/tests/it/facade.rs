//! Atomics, locks and loom are named in one module per crate, or a model would not see them all.

use crate::workspace::{code_lines, root, sources};

const CONCURRENCY: [&str; 13] = [
    "sync::atomic",
    "cell::UnsafeCell",
    "parking_lot::",
    "loom::",
    "shuttle::",
    "thread::spawn",
    "std::sync::Barrier",
    "std::sync::Condvar",
    "std::sync::LazyLock",
    "std::sync::Mutex",
    "std::sync::Once",
    "std::sync::RwLock",
    "std::sync::mpsc",
];

#[test]
fn concurrency_named_in_the_facade_only() {
    let mut wrong = Vec::new();
    for krate in ["pool", "arena", "header-map"] {
        let source = root().join(krate).join("src");
        for file in sources(&source) {
            // Unit tests count drops and start threads; no model looks at them.
            if file == source.join("sync.rs") || file.starts_with(source.join("tests")) {
                continue;
            }
            let text = std::fs::read_to_string(&file).expect("a source file");
            for (number, line) in code_lines(&text) {
                if CONCURRENCY.iter().any(|name| line.contains(name)) {
                    wrong.push(format!("{}:{number}: {}", file.display(), line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "name these in src/sync.rs: {wrong:#?}");
}
