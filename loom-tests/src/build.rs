//! Builds the models with their own flags, whatever flags the surrounding cargo runs under.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// Where the models are built from, and where to.
#[derive(Debug, Clone)]
pub struct Build {
    workspace: PathBuf,
    target: PathBuf,
}

impl Build {
    /// The workspace that this package lies in, built below `loom/` in its target folder.
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
        Ok(Self { workspace, target: Path::new(target).join("loom") })
    }

    /// The place for a copy of the workspace, which changes and is built in a target folder of its
    /// own: cargo would take the products of the one workspace for those of the other.
    pub(crate) fn of_copy(&self) -> Self {
        let folder = self.target.with_file_name("mutants");
        Self { workspace: folder.join("workspace"), target: folder.join("target") }
    }

    pub(crate) fn workspace(&self) -> &Path {
        &self.workspace
    }

    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// Builds the models and returns the binary.
    ///
    /// Tries without network first: the surrounding cargo has downloaded what its own build needs,
    /// which is all but loom itself. Asks for the network only if that was not ruled out.
    ///
    /// # Errors
    /// What cargo said when the build failed.
    pub fn models(&self) -> Result<PathBuf, String> {
        match self.attempt(true) {
            Err(error) if error.contains("--offline") && !surrounding_cargo_is_offline() => {
                self.attempt(false)
            }
            result => result,
        }
    }

    fn attempt(&self, offline: bool) -> Result<PathBuf, String> {
        let mut command = cargo(&self.workspace);
        command
            .args(["build", "--locked", "--quiet", "--profile", "loom"])
            .args(["--package", "ratoon-loom-tests", "--bin", "models", "--features", "loom"])
            .args(["--message-format", "json-render-diagnostics", "--target-dir"])
            .arg(&self.target)
            .env("RUSTFLAGS", "--cfg ratoon_loom")
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
            .filter(|message| message["target"]["name"] == "models")
            .find_map(|message| message["executable"].as_str().map(PathBuf::from))
            .ok_or_else(|| "cargo built no binary of models".to_owned())
    }
}

/// Cargo without the build flags that this process inherited: `CARGO_ENCODED_RUSTFLAGS` beats
/// `RUSTFLAGS`, and a run under it was green with no model in it.
fn cargo(workspace: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
        let inherited = name.to_str().is_some_and(|name| {
            name.ends_with("RUSTFLAGS")
                || name.starts_with("CARGO_BUILD_")
                || name.starts_with("CARGO_PROFILE_")
        });
        if inherited {
            command.env_remove(name);
        }
    }
    command.current_dir(workspace);
    command
}

/// Whether the cargo that started this process was told to stay off the network. Cargo does not
/// pass the `--offline` of its command line on, so it is read there where the system shows it.
fn surrounding_cargo_is_offline() -> bool {
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
