//! Builds the models with their own flags, whatever flags the surrounding cargo runs under.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::Checker;

/// Both, for either checker: the feature decides, and what knows neither is built once.
const FLAGS: &str = "--cfg ratoon_loom --cfg ratoon_shuttle";

/// Nobody reads the code that mutations leave.
const FLAGS_OF_COPY: &str = "--cfg ratoon_loom --cfg ratoon_shuttle -Awarnings";

/// Where the models are built from, and where to.
#[derive(Debug, Clone)]
pub struct Build {
    workspace: PathBuf,
    target: PathBuf,
    flags: &'static str,
}

impl Build {
    /// The workspace that this package lies in, built below `models/` in its target folder.
    ///
    /// # Errors
    /// What cargo said when it could not tell its target folder.
    pub fn here() -> Result<Self, String> {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .ok_or("the package lies in no workspace")?
            .to_owned();
        let output = cargo(&workspace)
            .args(["metadata", "--format-version", "1", "--no-deps", "--offline", "--locked"])
            .output()
            .map_err(|error| format!("cargo does not start: {error}"))?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        let metadata: Value =
            serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
        let target = metadata["target_directory"].as_str().ok_or("cargo names no target folder")?;
        Ok(Self { workspace, target: Path::new(target).join("models"), flags: FLAGS })
    }

    /// The place for a copy of the workspace, which changes and is built in a target folder of its
    /// own: cargo would take the products of the one workspace for those of the other.
    pub(crate) fn of_copy(&self) -> Self {
        let folder = self.target.with_file_name("mutants");
        let (workspace, target) = (folder.join("workspace"), folder.join("target"));
        Self { workspace, target, flags: FLAGS_OF_COPY }
    }

    pub(crate) fn workspace(&self) -> &Path {
        &self.workspace
    }

    /// Where runs write what their models print.
    pub(crate) fn logs(&self, checker: Checker) -> PathBuf {
        self.target.join("logs").join(checker.name())
    }

    /// Builds the models for one checker and returns the binary.
    ///
    /// Tries without network first: the surrounding cargo has downloaded what its own build needs,
    /// which is all but the checker itself. Asks for the network only if that was not ruled out.
    ///
    /// # Errors
    /// What cargo said when the build failed.
    pub fn models(&self, checker: Checker) -> Result<PathBuf, String> {
        match self.attempt(checker, true) {
            Err(error) if error.contains("--offline") => {
                if network_is_ruled_out() {
                    let hint = "`cargo fetch --locked` downloads what the models need";
                    return Err(format!("{error}\n{hint}"));
                }
                self.attempt(checker, false)
            }
            result => result,
        }
    }

    fn attempt(&self, checker: Checker, offline: bool) -> Result<PathBuf, String> {
        let mut command = cargo(&self.workspace);
        command
            .args(["build", "--locked", "--quiet", "--profile", "loom"])
            .args(["--package", "ratoon-loom-tests", "--bin", checker.binary()])
            .args(["--features", checker.name()])
            .args(["--message-format", "json-render-diagnostics", "--target-dir"])
            .arg(&self.target)
            .env("RUSTFLAGS", self.flags)
            .stdin(Stdio::null());
        if offline {
            command.arg("--offline");
        }
        let output = command.output().map_err(|error| format!("cargo does not start: {error}"))?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .filter(|message| message["target"]["name"] == checker.binary())
            .find_map(|message| message["executable"].as_str().map(PathBuf::from))
            .ok_or_else(|| format!("cargo built no {}", checker.binary()))
    }
}

/// Cargo without what this process inherited that changes a build: `CARGO_ENCODED_RUSTFLAGS` beats
/// `RUSTFLAGS`, and a run under it was green with no model in it; a wrapper of the compiler may be one
/// that measures coverage.
fn cargo(workspace: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
        let inherited = name.to_str().is_some_and(|name| {
            name.ends_with("RUSTFLAGS")
                || (name.starts_with("CARGO_BUILD_") && name != "CARGO_BUILD_JOBS")
                || name.starts_with("CARGO_PROFILE_")
        });
        if inherited {
            command.env_remove(name);
        }
    }
    // Empty, not absent: so it beats a configuration file.
    command.env("RUSTC_WRAPPER", "").env("RUSTC_WORKSPACE_WRAPPER", "");
    command.current_dir(workspace);
    command
}

/// Whether the cargo that started this process was told to stay off the network. Cargo does not
/// pass the `--offline` of its command line on, so it is read there where the system shows it.
fn network_is_ruled_out() -> bool {
    if env::var_os("CARGO_NET_OFFLINE").is_some_and(|value| value == "true") {
        return true;
    }
    #[cfg(target_os = "linux")]
    if let Ok(line) =
        std::fs::read(format!("/proc/{}/cmdline", std::os::unix::process::parent_id()))
    {
        return line.split(|byte| *byte == 0).any(|argument| argument == b"--offline");
    }
    false
}
