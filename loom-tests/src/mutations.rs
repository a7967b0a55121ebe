//! Proof that the models bite: each weakening of the code must be noticed by the models named for it.
//!
//! A weakening is a piece of text that stands exactly once in a file, however it is broken into
//! lines, and what to put there instead. It is applied to a copy of the workspace, the models are
//! built from that copy, and the named ones must fail in the way that is expected. A weakening that
//! no longer applies fails the run, so that the list cannot grow stale.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::Build;
use crate::run::{run_models, say};

mod list;

pub use list::MUTATIONS;

/// One way to weaken the code, and who must notice.
#[derive(Debug)]
pub struct Mutation {
    /// What is lost.
    pub name: &'static str,
    /// The file, from the root of the workspace.
    pub file: &'static str,
    /// What stands there, exactly once.
    pub find: &'static str,
    /// What stands there instead.
    pub replace: &'static str,
    /// The models that fail, each of them.
    pub models: &'static [&'static str],
    /// What they say: that they fail for this and not for another reason.
    pub notice: &'static str,
}

impl Mutation {
    fn apply(&self, workspace: &Path) -> Result<(PathBuf, String), String> {
        let path = workspace.join(self.file);
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", self.file))?;
        let [place] = &places(&text, self.find)[..] else {
            return Err(format!("its text does not stand exactly once in {}", self.file));
        };
        let mut weakened = text.clone();
        weakened.replace_range(place.clone(), self.replace);
        write(&path, &weakened)?;
        Ok((path, text))
    }

    /// Builds the weakened copy and runs the models.
    fn try_on(&self, copy: &Build) -> Result<(), String> {
        let (path, original) = self.apply(copy.workspace())?;
        let outcome = self.noticed(copy);
        write(&path, &original)?;
        outcome
    }

    fn noticed(&self, copy: &Build) -> Result<(), String> {
        let binary = copy.models()?;
        let logs = copy.target().join("logs");
        let report = run_models(&binary, &logs, self.models, &mut |_| ())?;
        if !report.passed.is_empty() {
            return Err(format!("SURVIVED {:?}", report.passed));
        }
        for (model, printed) in report.failed {
            if !printed.contains(self.notice) {
                return Err(format!("{model} does not say {:?}:\n{printed}", self.notice));
            }
        }
        Ok(())
    }
}

/// Tries the mutations that `wanted` selects by name.
///
/// # Errors
/// Which mutations survived, no longer apply or do not build.
pub fn run(wanted: impl Fn(&str) -> bool) -> Result<(), String> {
    let mutations: Vec<&Mutation> = MUTATIONS.iter().filter(|it| wanted(it.name)).collect();
    let here = Build::here()?;
    let copy = here.of_copy();
    copy_workspace(here.workspace(), copy.workspace())?;
    sound_copy(&copy, &mutations)?;
    let mut wrong = Vec::new();
    for mutation in &mutations {
        match mutation.try_on(&copy) {
            Ok(()) => say(&format!("mutation {} ... noticed", mutation.name)),
            Err(why) => {
                say(&format!("mutation {} ... {why}", mutation.name));
                wrong.push(mutation.name);
            }
        }
    }
    say(&format!("{} mutations noticed, {} not", mutations.len() - wrong.len(), wrong.len()));
    if wrong.is_empty() && !mutations.is_empty() {
        Ok(())
    } else {
        Err(format!("of {} mutations these were not noticed: {wrong:?}", mutations.len()))
    }
}

/// A model that fails anyway proves nothing.
fn sound_copy(copy: &Build, mutations: &[&Mutation]) -> Result<(), String> {
    let mut models: Vec<&str> = mutations.iter().flat_map(|it| it.models).copied().collect();
    models.sort_unstable();
    models.dedup();
    let logs = copy.target().join("logs");
    let report = run_models(&copy.models()?, &logs, &models, &mut |_| ())?;
    match report.failed.first() {
        None => Ok(()),
        Some((name, printed)) => Err(format!("{name} fails without any mutation:\n{printed}")),
    }
}

/// Copies what a build reads. Files are written anew, so that cargo sees no mutation of an earlier
/// run in them.
fn copy_workspace(from: &Path, to: &Path) -> Result<(), String> {
    let error = |error: std::io::Error| format!("{}: {error}", to.display());
    if to.exists() {
        fs::remove_dir_all(to).map_err(error)?;
    }
    copy_folder(from, to).map_err(error)
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        let skipped = ["target", ".git", "fuzz"].iter().any(|skipped| name == *skipped);
        if skipped {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &to.join(name))?;
        } else {
            fs::copy(entry.path(), to.join(name))?;
        }
    }
    Ok(())
}

/// Where `find` stands in `text`, however either is broken into lines.
fn places(text: &str, find: &str) -> Vec<Range<usize>> {
    let ends = text.char_indices().filter_map(|(start, first)| {
        (!first.is_whitespace()).then_some(())?;
        let mut rest = text[start..].char_indices().filter(|(_, it)| !it.is_whitespace());
        let mut end = start;
        for wanted in find.chars().filter(|it| !it.is_whitespace()) {
            let (at, found) = rest.next()?;
            (found == wanted).then_some(())?;
            end = start + at + found.len_utf8();
        }
        Some(start..end)
    });
    ends.collect()
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_found_across_lines() {
        assert_eq!(places("a.b(c)\n    .d();", "b(c).d()"), vec![2..15]);
        assert_eq!(places("x y", "xz").len(), 0);
        assert_eq!(places("ab ab", "a b").len(), 2);
    }

    #[test]
    fn mutations_that_apply() {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace");
        for mutation in MUTATIONS {
            let text = fs::read_to_string(workspace.join(mutation.file)).expect(mutation.file);
            assert_eq!(places(&text, mutation.find).len(), 1, "{}", mutation.name);
            assert_ne!(mutation.find, mutation.replace, "{}", mutation.name);
        }
    }

    #[test]
    fn mutations_with_a_listed_model() {
        for mutation in MUTATIONS {
            assert!(!mutation.models.is_empty(), "{}", mutation.name);
            for model in mutation.models {
                assert!(crate::MODELS.contains(model), "{}: {model}", mutation.name);
            }
        }
    }

    #[test]
    fn mutations_shown_in_the_readme() {
        let readme = include_str!("../README.md");
        for mutation in MUTATIONS {
            let row = readme.lines().find(|line| line.contains(&format!("| {} |", mutation.name)));
            let row = row.unwrap_or_else(|| panic!("README lacks {}", mutation.name));
            for model in mutation.models {
                assert!(row.contains(model), "README names other models for {}", mutation.name);
            }
        }
    }

    #[test]
    fn models_shown_in_the_readme() {
        let readme = include_str!("../README.md");
        for model in crate::MODELS {
            assert!(readme.contains(&format!("| `{model}` |")), "README lacks {model}");
        }
    }
}
