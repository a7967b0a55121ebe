//! Source files as tokens: comments and strings are out of the way.

use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The tokens of a file of ours.
pub(crate) fn tokens(file: &Path) -> TokenStream {
    let text = fs::read_to_string(file).expect("a source file");
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// Calls `visit` with each list of sibling tokens: that of the file, and that inside of each group.
pub(crate) fn walk(tokens: TokenStream, visit: &mut dyn FnMut(&[TokenTree])) {
    let siblings: Vec<_> = tokens.into_iter().collect();
    visit(&siblings);
    for token in siblings {
        if let TokenTree::Group(group) = token {
            walk(group.stream(), visit);
        }
    }
}

pub(crate) fn is_punct(token: Option<&TokenTree>, punct: char) -> bool {
    matches!(token, Some(TokenTree::Punct(found)) if found.as_char() == punct)
}

/// The group in `delimiter`s that `token` is.
pub(crate) fn group(token: Option<&TokenTree>, delimiter: Delimiter) -> Option<&Group> {
    match token {
        Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Some(group),
        _ => None,
    }
}

/// `file:line` of a token, for messages.
pub(crate) fn place(file: &Path, token: &TokenTree) -> String {
    format!("{}:{}", file.display(), token.span().start().line)
}
