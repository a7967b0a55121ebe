//! The files that a run writes.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::{Report, html, markdown};
use crate::workloads::Failure;

/// Files that were found to be writable before the run.
#[derive(Debug)]
pub(super) struct Outputs(());

impl Outputs {
    /// Fails before the measuring rather than after it. Existing files keep their content until then,
    /// others do not come into being yet.
    pub(super) fn check(paths: &[&Option<PathBuf>]) -> Result<Outputs, Failure> {
        let paths: Vec<&PathBuf> = paths.iter().copied().flatten().collect();
        for (at, path) in paths.iter().enumerate() {
            if paths[..at].contains(path) {
                return Err(format!("{} cannot hold two reports", path.display()).into());
            }
            let existed = path.exists();
            OpenOptions::new()
                .append(true)
                .create(true)
                .open(path)
                .map_err(|error| unwritable(path, &error))?;
            if !existed {
                fs::remove_file(path).map_err(|error| unwritable(path, &error))?;
            }
        }
        Ok(Outputs(()))
    }

    /// Writes what was asked for.
    pub(super) fn write(
        &self,
        report: &Report,
        json: &Option<PathBuf>,
        html: &Option<PathBuf>,
        markdown: &Option<PathBuf>,
    ) -> Result<(), Failure> {
        if let Some(path) = json {
            write(path, &(serde_json::to_string_pretty(report)? + "\n"))?;
        }
        if let Some(path) = html {
            write(path, &html::page(report))?;
        }
        if let Some(path) = markdown {
            write(path, &markdown::table(report))?;
        }
        Ok(())
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| unwritable(path, &error))
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    format!("cannot write {}: {error}", path.display()).into()
}
