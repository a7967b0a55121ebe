//! Every package takes the workspace's lints, and whoever relaxes one says why.

use proc_macro2::{Delimiter, TokenTree};

use crate::tokens::{group, is_punct, place, tokens, walk};
use crate::workspace::{packages, root, sources};

#[test]
fn workspace_lints_everywhere() {
    for package in packages() {
        let manifest = package["manifest_path"].as_str().expect("a path");
        let text = std::fs::read_to_string(manifest).expect("a manifest");
        assert!(text.contains("[lints]\nworkspace = true"), "{manifest} lacks the lints");
    }
}

/// The `allow`s and `expect`s without a reason in an attribute that starts at `index`.
fn unreasoned(siblings: &[TokenTree], index: usize) -> Vec<String> {
    let mut wrong = Vec::new();
    let inner = usize::from(is_punct(siblings.get(index + 1), '!'));
    if let Some(attribute) = group(siblings.get(index + 1 + inner), Delimiter::Bracket)
        && is_punct(siblings.get(index), '#')
    {
        // `cfg_attr(…, allow(…))` too.
        walk(attribute.stream(), &mut |siblings| {
            for (index, token) in siblings.iter().enumerate() {
                let TokenTree::Ident(level) = token else { continue };
                let listed = group(siblings.get(index + 1), Delimiter::Parenthesis);
                if let Some(listed) = listed.filter(|_| level == "allow" || level == "expect") {
                    let is_reason =
                        |token| matches!(token, TokenTree::Ident(key) if key == "reason");
                    if !listed.stream().into_iter().any(is_reason) {
                        wrong.push(format!("{level}({})", listed.stream()));
                    }
                }
            }
        });
    }
    wrong
}

#[test]
fn relaxed_lints_have_reasons() {
    let mut wrong = Vec::new();
    for file in sources(root()) {
        // What a user writes (cases of the compiler tests), gets (golden files), and what generates it.
        let path = file.display().to_string().replace('\\', "/");
        if ["/ui/", "/golden/", "/outside/", "/derive/src/lints.rs"]
            .iter()
            .any(|part| path.contains(part))
        {
            continue;
        }
        walk(tokens(&file), &mut |siblings| {
            for (index, token) in siblings.iter().enumerate() {
                let found = unreasoned(siblings, index);
                wrong.extend(
                    found.into_iter().map(|lints| format!("{}: {lints}", place(&file, token))),
                );
            }
        });
    }
    assert!(wrong.is_empty(), "say why: {wrong:#?}");
}

#[test]
fn ways_to_relax_a_lint() {
    let wrong = |source: &str| {
        let mut wrong = Vec::new();
        walk(source.parse().expect("tokens"), &mut |siblings| {
            (0..siblings.len()).for_each(|index| wrong.extend(unreasoned(siblings, index)));
        });
        wrong.len()
    };
    for relaxed in [
        "#![allow(dead_code)]",
        "#[expect(\n    dead_code,\n    unused\n)]\nfn f() {}",
        "mod a { fn f() { #[allow(unused)] let x = 7; } }",
        "#[cfg_attr(test, allow(dead_code))] fn f() {}",
    ] {
        assert_eq!(wrong(relaxed), 1, "{relaxed}");
    }
    for fine in [
        "#[allow(dead_code, reason = \"a test\")] fn f() {}",
        "#[deny(unused)] fn f() { allow(7); }",
        "// #[allow(dead_code)]\n/// #[allow(dead_code)]\nfn f() {}",
    ] {
        assert_eq!(wrong(fine), 0, "{fine}");
    }
}
