//! Golden expansions: `tests/golden/NAME.in.rs` is derived and compared with `NAME.out.rs`.
//!
//! `RATOON_GOLDEN=write cargo test -p ratoon-reset-derive` writes the outputs anew; review the diff.

use std::path::{Path, PathBuf};
use std::{env, fs};

use syn::{DeriveInput, parse_quote};

use crate::derive;

/// Every `NAME` for which there is a `NAME.in.rs`.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("the folder of the golden files")
        .filter_map(|entry| {
            let file_name = entry.expect("an entry of the folder").file_name();
            file_name.to_str()?.strip_suffix(".in.rs").map(str::to_owned)
        })
        .collect();
    names.sort();
    names
}

fn expansion(source: &str) -> String {
    let node: DeriveInput = syn::parse_str(source).expect("a struct, enum or union");
    let tokens = derive(&node, parse_quote!(::ratoon_reset));
    prettyplease::unparse(&syn::parse2(tokens).expect("an expansion that is well formed"))
}

#[test]
fn golden_expansions() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let write = env::var_os("RATOON_GOLDEN").is_some_and(|mode| mode == "write");
    let names = names(&folder);
    assert!(!names.is_empty());

    let mut differing = Vec::new();
    for name in &names {
        let source = fs::read_to_string(folder.join(format!("{name}.in.rs"))).expect("an input");
        let path = folder.join(format!("{name}.out.rs"));
        let expansion = expansion(&source);
        if write {
            fs::write(&path, &expansion).expect("an output that can be written");
        } else if fs::read_to_string(&path).unwrap_or_default() != expansion {
            differing
                .push(format!("{name}.out.rs is not what {name}.in.rs expands to:\n{expansion}"));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}
