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
        let mut files = Vec::new();
        for path in paths.iter().copied().flatten() {
            let existed = path.exists();
            OpenOptions::new()
                .append(true)
                .create(true)
                .open(path)
                .map_err(|error| unwritable(path, &error))?;
            // The file itself, whatever name or link leads to it. A pipe has no such name.
            let file = path.canonicalize().unwrap_or_else(|_| path.clone());
            if !existed {
                fs::remove_file(&file).map_err(|error| unwritable(path, &error))?;
            }
            if files.contains(&file) {
                return Err(format!("{} cannot hold two reports", path.display()).into());
            }
            files.push(file);
        }
        Ok(Outputs(()))
    }

    /// Writes what was asked for, also where one file fails.
    pub(super) fn write(
        &self,
        report: &Report,
        json: &Option<PathBuf>,
        html: &Option<PathBuf>,
        markdown: &Option<PathBuf>,
    ) -> Result<(), Failure> {
        let json = json.as_ref().map(|path| write(path, &json_text(report)?));
        let html = html.as_ref().map(|path| write(path, &html::page(report)));
        let markdown = markdown.as_ref().map(|path| write(path, &markdown::table(report)));
        [json, html, markdown].into_iter().flatten().fold(Ok(()), Result::and)
    }
}

fn json_text(report: &Report) -> Result<String, Failure> {
    Ok(serde_json::to_string_pretty(report)? + "\n")
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| unwritable(path, &error))
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    format!("cannot write {}: {error}", path.display()).into()
}
