//! Atomics, locks and the model checkers are named in one module per crate, or a model would not see them all.

use std::path::Path;

use proc_macro2::{Delimiter, TokenTree};

use crate::tokens::{group, is_punct, place, tokens, walk};
use crate::workspace::{root, sources};

/// Names that stand in the facade only.
const FACADE_ONLY: [&str; 6] =
    ["atomic", "loom", "parking_lot", "ratoon_loom", "ratoon_shuttle", "shuttle"];

/// What is taken from these modules of the standard library in the facade only. `Arc` counts references: no
/// model is needed for what it does.
const MODULES: [(&str, &[&str]); 3] = [
    (
        "sync",
        &[
            "Barrier",
            "Condvar",
            "LazyLock",
            "Mutex",
            "MutexGuard",
            "Once",
            "OnceLock",
            "RwLock",
            "RwLockReadGuard",
            "RwLockWriteGuard",
            "mpsc",
        ],
    ),
    ("cell", &["UnsafeCell"]),
    ("thread", &["spawn"]),
];

/// What is named among the siblings and belongs into the facade.
fn wrong_names(file: &Path, siblings: &[TokenTree]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (index, token) in siblings.iter().enumerate() {
        let TokenTree::Ident(ident) = token else { continue };
        if FACADE_ONLY.iter().any(|name| ident == name) {
            wrong.push(format!("{}: {ident}", place(file, token)));
        }
        // `sync::…`, but not `crate::sync::…`, which is the facade.
        let ours = index >= 3
            && matches!(&siblings[index - 3], TokenTree::Ident(ident) if ident == "crate");
        let module = MODULES.iter().find(|(module, _)| ident == module);
        if let Some((module, names_of_facade)) = module
            && !ours
            && is_punct(siblings.get(index + 1), ':')
        {
            let taken = &siblings[(index + 3).min(siblings.len())..];
            let names: Vec<_> = match group(taken.first(), Delimiter::Brace) {
                Some(names) => names.stream().into_iter().collect(),
                None => taken.iter().take(1).cloned().collect(),
            };
            for name in names {
                if let TokenTree::Ident(name) = &name
                    && names_of_facade.iter().any(|it| name == it)
                {
                    wrong.push(format!("{}: {module}::{name}", place(file, token)));
                }
            }
        }
    }
    wrong
}

/// Unit tests count drops and start threads; no model looks at them.
fn is_test(file: &Path) -> bool {
    let name = file.file_stem().expect("a name").to_str().expect("a name in UTF-8");
    name == "tests" || name.ends_with("_tests") || file.iter().any(|folder| folder == "tests")
}

#[test]
fn concurrency_named_in_the_facade_only() {
    let mut wrong = Vec::new();
    for krate in ["pool", "arena", "header-map"] {
        let source = root().join(krate).join("src");
        for file in sources(&source) {
            if file != source.join("sync.rs") && !is_test(&file) {
                walk(tokens(&file), &mut |siblings| wrong.extend(wrong_names(&file, siblings)));
            }
        }
    }
    assert!(wrong.is_empty(), "name these in src/sync.rs: {wrong:#?}");
}

#[test]
fn ways_to_name_concurrency() {
    let wrong = |source: &str| {
        let mut wrong = Vec::new();
        let tokens = source.parse().expect("tokens");
        walk(tokens, &mut |siblings| wrong.extend(wrong_names(Path::new("a.rs"), siblings)));
        wrong.len()
    };
    for named in [
        "use core::sync::atomic::AtomicUsize;",
        "use std::sync::{Arc, atomic::{AtomicUsize, Ordering}};",
        "use std::{fmt, sync::Mutex};",
        "use std::sync::{Arc, RwLock};",
        "static ONCE: std::sync::Once = std::sync::Once::new();",
        "fn f() { let lock = parking_lot::Mutex::new(7); }",
        "#[cfg(ratoon_loom)] mod model;",
        "mod a { use loom::thread; }",
        "#[cfg(ratoon_shuttle)] use shuttle::sync::Mutex;",
        "use std::sync::OnceLock;",
        "struct S(core::cell::UnsafeCell<u8>);",
        "fn f() { std::thread::spawn(|| ()); }",
    ] {
        assert!(wrong(named) > 0, "{named}");
    }
    for free in [
        "use crate::sync::{AtomicUsize, Mutex, Ordering};",
        "use std::sync::{Arc, Weak};",
        "fn f(lock: &crate::sync::Mutex<u8>) {}",
        "// std::sync::Mutex\n/// loom\nconst NAME: &str = \"loom, atomic\";",
        "mod sync; pub(crate) use sync as locks; pub use sync::model_only;",
        "use core::cell::Cell; use crate::sync::UnsafeCell;",
        "fn f() { std::thread::panicking(); }",
    ] {
        assert_eq!(wrong(free), 0, "{free}");
    }
}
