//! A copy of the workspace with all mutations in it, each of which takes effect when it is chosen.
//!
//! One build for all of them: what is weakened becomes `if mutated("name") { weakened } else {
//! original }`, and the environment of a model's process chooses.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::Mutation;

/// What the mutations need, for the facade of each crate.
const FACADE: &str = include_str!("facade.rs");

/// The facades.
const FACADES: [&str; 2] = ["pool/src/sync.rs", "arena/src/sync.rs"];

/// Makes `to` a copy of what a build reads, with the mutations in it.
pub(crate) fn make(
    from: &Path,
    to: &Path,
    mutations: impl Iterator<Item = &'static Mutation>,
) -> Result<(), String> {
    let mut texts = BTreeMap::new();
    for file in FACADES {
        texts.insert(to.join(file), read(from, file)? + FACADE);
    }
    let mut files: BTreeMap<&str, Vec<&Mutation>> = BTreeMap::new();
    for mutation in mutations {
        files.entry(mutation.file).or_default().push(mutation);
    }
    for (file, mutations) in files {
        texts.insert(to.join(file), mutated(&read(from, file)?, &mutations)?);
    }
    copy_folder(from, to, &texts).map_err(|error| format!("{}: {error}", to.display()))
}

/// The text of a file with all its mutations.
pub(crate) fn mutated(text: &str, mutations: &[&Mutation]) -> Result<String, String> {
    // Several mutations of one expression are alternatives; others must not overlap.
    let mut places: BTreeMap<(usize, usize), Vec<&Mutation>> = BTreeMap::new();
    for mutation in mutations {
        let Range { start, end } = mutation.range(text)?;
        places.entry((start, end)).or_default().push(mutation);
    }
    let mut result = String::with_capacity(text.len() * 2);
    let mut done = 0;
    for ((start, end), mutations) in places {
        if start < done {
            return Err(format!("{} overlaps another mutation", mutations[0].name));
        }
        result += &text[done..start];
        result += &alternatives(&text[start..end], &mutations);
        done = end;
    }
    Ok(result + &text[done..])
}

fn alternatives(original: &str, mutations: &[&Mutation]) -> String {
    let mut text = String::from("(");
    for Mutation { name, replace, .. } in mutations {
        text += &format!("if crate::sync::mutated({name:?}) {{ {replace} }} else ");
    }
    text + &format!("{{ {original} }})")
}

fn read(folder: &Path, file: &str) -> Result<String, String> {
    fs::read_to_string(folder.join(file)).map_err(|error| format!("{file}: {error}"))
}

/// Makes `to` what `from` is, but for build output and the given texts. What is the same is left alone,
/// so that it is not built again.
fn copy_folder(from: &Path, to: &Path, texts: &BTreeMap<PathBuf, String>) -> io::Result<()> {
    const SKIPPED: [&str; 3] = ["target", ".git", "fuzz"];
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        if !from.join(entry.file_name()).exists() {
            if entry.file_type()?.is_dir() {
                fs::remove_dir_all(entry.path())?;
            } else {
                fs::remove_file(entry.path())?;
            }
        }
    }
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (name, source) = (entry.file_name(), entry.path());
        if SKIPPED.iter().any(|skipped| name == *skipped) {
            continue;
        }
        let target = to.join(name);
        if entry.file_type()?.is_dir() {
            copy_folder(&source, &target, texts)?;
            continue;
        }
        let contents = match texts.get(&target) {
            Some(text) => text.clone().into_bytes(),
            None => fs::read(&source)?,
        };
        if fs::read(&target).ok().is_none_or(|old| old != contents) {
            fs::write(target, contents)?;
        }
    }
    Ok(())
}
