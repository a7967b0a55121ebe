//! Proof that the models bite: each weakening of the code must be noticed by the models named for it.
//!
//! A weakening replaces one expression. All are put into one copy of the workspace, through the facades
//! of the crates, so that a single build for each checker holds them, and a model's process chooses the
//! one that takes effect. The named models must hold when none does, and fail in the way that is
//! expected when theirs does. A weakening whose expression is not there any more fails the run, so that
//! the list cannot grow stale; `sites` sees to it that the list misses none.

use std::fs;
use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

use crate::process::Runner;
use crate::run::{check_list, run_models, say};
use crate::{Build, Checker};

mod arena;
mod copy;
mod place;
mod pool;
#[cfg(test)]
mod sites;

pub use place::Place;

/// A model that waits for what a mutation took away.
const TIMEOUT: Duration = Duration::from_secs(60);

/// What loom says about an access that does not happen after the one before it.
const RACE: &str = "Causality violation";

/// Every weakening that a model must notice.
pub fn all() -> impl Iterator<Item = &'static Mutation> {
    pool::MUTATIONS.iter().chain(arena::MUTATIONS)
}

/// One way to weaken the code, and who must notice.
#[derive(Debug)]
pub struct Mutation {
    /// What is lost.
    pub name: &'static str,
    /// The file, from the root of the workspace.
    pub file: &'static str,
    /// What is replaced.
    pub place: Place,
    /// The expression that stands there instead.
    pub replace: &'static str,
    /// Who notices under loom.
    pub loom: Bite,
    /// Who notices under shuttle.
    pub shuttle: Bite,
}

/// How a mutation is noticed.
#[derive(Debug)]
pub struct Bite {
    /// The models that fail, each of them.
    pub models: &'static [&'static str],
    /// One of these is what each says: it fails for this and not for another reason.
    pub says: &'static [&'static str],
}

impl Bite {
    /// It is not, by models of this checker.
    pub const NONE: Self = Self { models: &[], says: &[] };

    fn is_what_was_said(&self, printed: &str) -> bool {
        self.says.iter().any(|says| printed.contains(says))
    }
}

impl Mutation {
    pub(crate) fn bite(&self, checker: Checker) -> &Bite {
        match checker {
            Checker::Loom => &self.loom,
            Checker::Shuttle => &self.shuttle,
        }
    }

    /// What is replaced, in the text of its file.
    pub(crate) fn range(&self, text: &str) -> Result<Range<usize>, String> {
        self.place.find(text).map_err(|why| format!("{}: {}: {why}", self.name, self.file))
    }

    fn try_on(&self, binaries: &[Binary]) -> Result<(), String> {
        for binary in binaries {
            let bite = self.bite(binary.checker);
            let report = run_models(&binary.runner(Some(self.name)), bite.models, |_| ())?;
            if !report.passed.is_empty() {
                return Err(format!("SURVIVED {} {:?}", binary.checker.name(), report.passed));
            }
            for (model, printed) in report.failed {
                if !bite.is_what_was_said(&printed) {
                    let beginning: Vec<_> = printed.lines().take(12).collect();
                    let beginning = beginning.join("\n");
                    return Err(format!("{model} says none of {:?}:\n{beginning}", bite.says));
                }
            }
        }
        Ok(())
    }
}

/// The models of one checker, built with all mutations.
#[derive(Debug)]
struct Binary {
    checker: Checker,
    path: PathBuf,
    logs: PathBuf,
}

impl Binary {
    fn build(copy: &Build, checker: Checker) -> Result<Self, String> {
        let binary = Self { checker, path: copy.models(checker)?, logs: copy.logs(checker) };
        check_list(checker, &binary.path)?;
        Ok(binary)
    }

    fn runner<'a>(&'a self, mutation: Option<&'a str>) -> Runner<'a> {
        Runner { binary: &self.path, logs: &self.logs, timeout: TIMEOUT, mutation }
    }

    /// A model that fails anyway proves nothing.
    fn assert_sound(&self, mutations: &[&Mutation]) -> Result<(), String> {
        let models = mutations.iter().flat_map(|it| it.bite(self.checker).models);
        let mut models: Vec<&str> = models.copied().collect();
        models.sort_unstable();
        models.dedup();
        let report = run_models(&self.runner(None), &models, |_| ())?;
        match report.failed.first() {
            None => Ok(()),
            Some((name, printed)) => Err(format!("{name} fails without any mutation:\n{printed}")),
        }
    }
}

/// Tries the mutations that `wanted` selects by name.
///
/// # Errors
/// Which mutations survived, no longer apply or do not build.
pub fn run(wanted: impl Fn(&str) -> bool) -> Result<(), String> {
    let mutations: Vec<&Mutation> = all().filter(|it| wanted(it.name)).collect();
    if mutations.is_empty() {
        return Err("no mutation has such a name".to_owned());
    }
    let here = Build::here()?;
    let copy = here.of_copy();
    copy::make(here.workspace(), copy.workspace(), all())?;
    let mut binaries = Vec::new();
    for checker in Checker::ALL {
        if mutations.iter().any(|it| !it.bite(checker).models.is_empty()) {
            let binary = Binary::build(&copy, checker)?;
            fs::create_dir_all(&binary.logs).map_err(|error| error.to_string())?;
            binary.assert_sound(&mutations)?;
            binaries.push(binary);
        }
    }
    let mut wrong = Vec::new();
    for mutation in &mutations {
        match mutation.try_on(&binaries) {
            Ok(()) => say(&format!("mutation {} ... noticed", mutation.name)),
            Err(why) => {
                say(&format!("mutation {} ... {why}", mutation.name));
                wrong.push(mutation.name);
            }
        }
    }
    say(&format!("{} mutations noticed, {} not", mutations.len() - wrong.len(), wrong.len()));
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(format!("of {} mutations these were not noticed: {wrong:?}", mutations.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PROGRAMS, SCENARIOS};

    #[test]
    fn mutations_that_apply() {
        for file in files() {
            let mutations: Vec<_> = all().filter(|it| it.file == file).collect();
            let text = sites::read(file);
            copy::mutated(&text, &mutations).unwrap_or_else(|why| panic!("{why}"));
        }
    }

    fn files() -> Vec<&'static str> {
        let mut files: Vec<_> = all().map(|it| it.file).collect();
        files.sort_unstable();
        files.dedup();
        files
    }

    #[test]
    fn mutations_told_apart() {
        for (i, mutation) in all().enumerate() {
            assert!(all().take(i).all(|it| it.name != mutation.name), "{}", mutation.name);
        }
    }

    #[test]
    fn mutations_with_listed_models() {
        for mutation in all() {
            let named = Checker::ALL.map(|checker| {
                let Bite { models, says } = mutation.bite(checker);
                for model in *models {
                    let listed = checker.models().contains(model);
                    assert!(listed, "{}: no {model} under {}", mutation.name, checker.name());
                }
                assert_eq!(models.is_empty(), says.is_empty(), "{}", mutation.name);
                assert!(says.iter().all(|says| !says.is_empty()), "any failure would do");
                models.len()
            });
            assert_ne!(named, [0, 0], "{} names no model", mutation.name);
        }
    }

    #[test]
    fn models_that_bite() {
        // What shuttle runs of the scenarios is what loom does.
        let models = [(Checker::Loom, SCENARIOS), (Checker::Shuttle, PROGRAMS)];
        for (checker, models) in models {
            for model in models {
                let bites = all().any(|it| it.bite(checker).models.contains(model));
                assert!(bites, "{model} was never seen to fail");
            }
        }
    }

    #[test]
    fn mutations_shown_in_the_readme() {
        let readme = include_str!("../README.md");
        for mutation in all() {
            let row = readme.lines().find(|line| line.contains(&format!("| {} |", mutation.name)));
            let row = row.unwrap_or_else(|| panic!("README lacks {}", mutation.name));
            assert!(row.contains(mutation.file), "README names another file: {}", mutation.name);
            for checker in Checker::ALL {
                for model in mutation.bite(checker).models {
                    assert!(row.contains(model), "README names others for {}", mutation.name);
                }
            }
        }
    }

    #[test]
    fn models_shown_in_the_readme() {
        let readme = include_str!("../README.md");
        for model in Checker::Shuttle.models() {
            assert!(readme.contains(&format!("| `{model}` |")), "README lacks {model}");
        }
    }
}
