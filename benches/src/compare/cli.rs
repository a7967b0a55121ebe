//! The command line. Whatever cannot be done is said in one line, before anything is measured.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Parser, Subcommand};

use super::machine::Machine;
use super::{Report, html, run, terminal};
use crate::harness::Pace;
use crate::workloads::{SECTIONS, Section, Settings};

/// Measures naive allocation, Ratoon and its peers side by side.
#[derive(Debug, Parser)]
#[command(name = "compare", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    options: Options,
}

#[derive(Debug, clap::Args)]
struct Options {
    /// A first look, in about a minute instead of under ten.
    #[arg(long)]
    quick: bool,

    /// Executes everything and measures nothing: for tests of the suite itself.
    #[arg(long, hide = true)]
    smoke: bool,

    /// Only this section; may be given several times. See --list.
    #[arg(long, value_name = "NAME", value_parser = section)]
    section: Vec<&'static Section>,

    /// Threads of the workloads that use several.
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = threads)]
    threads: usize,

    /// Writes every figure and ratio to this file.
    #[arg(long, value_name = "PATH")]
    json: Option<PathBuf>,

    /// Writes the report with its charts to this file.
    #[arg(long, value_name = "PATH")]
    html: Option<PathBuf>,

    /// Lists sections, workloads and subjects, and what each workload does not represent.
    #[arg(long)]
    list: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Measures Ratoon and naive allocation under the malloc that the environment names.
    #[command(hide = true)]
    Child {
        #[arg(value_parser = section)]
        section: &'static Section,
        #[arg(long)]
        quick: bool,
        #[arg(long)]
        smoke: bool,
        #[arg(long, default_value_t = 2)]
        threads: usize,
    },
}

/// Runs what the command line asks for.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error)
            if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) =>
        {
            error.exit()
        }
        Err(error) => {
            let text = error.to_string();
            let line = text.lines().next().unwrap_or("error: bad command line");
            eprintln!("{line} (--help lists the options)");
            return ExitCode::from(2);
        }
    };
    match dispatch(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(cli: Cli) -> Result<(), run::Failure> {
    match cli.command {
        Some(Command::Child { section, quick, smoke, threads }) => {
            run::child(section, &Settings { pace: pace(quick, smoke), threads })
        }
        None if cli.options.list => {
            print!("{}", terminal::list(SECTIONS, cli.options.threads));
            Ok(())
        }
        None => compare(&cli.options),
    }
}

fn compare(options: &Options) -> Result<(), run::Failure> {
    for path in [&options.json, &options.html].into_iter().flatten() {
        check_writable(path)?;
    }
    let settings = Settings { pace: pace(options.quick, options.smoke), threads: options.threads };
    let mode = format!("{}, {} threads", pace_name(options), options.threads);
    let machine = Machine::new(mode);
    let all: Vec<&'static Section> = SECTIONS.iter().collect();
    let chosen = if options.section.is_empty() { &all } else { &options.section };
    let report = Report::new(machine, run::sections(chosen, &settings)?);
    print!("{}", terminal::report(&report));
    if let Some(path) = &options.json {
        write(path, &(serde_json::to_string_pretty(&report)? + "\n"))?;
    }
    if let Some(path) = &options.html {
        write(path, &html::page(&report))?;
    }
    Ok(())
}

fn pace(quick: bool, smoke: bool) -> Pace {
    match (quick, smoke) {
        (_, true) => Pace::SMOKE,
        (true, _) => Pace::QUICK,
        _ => Pace::FULL,
    }
}

fn pace_name(options: &Options) -> &'static str {
    match pace(options.quick, options.smoke) {
        Pace::SMOKE => "smoke: figures mean nothing",
        Pace::QUICK => "quick",
        _ => "full",
    }
}

fn section(name: &str) -> Result<&'static Section, String> {
    SECTIONS.iter().find(|section| section.name == name).ok_or_else(|| {
        let names: Vec<&str> = SECTIONS.iter().map(|section| section.name).collect();
        format!("there are {}", names.join(", "))
    })
}

fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(threads @ 1..=256) => Ok(threads),
        _ => Err("a number from 1 to 256 is allowed".into()),
    }
}

/// Fails before the measuring rather than after it. An existing file keeps its content until then.
fn check_writable(path: &Path) -> Result<(), run::Failure> {
    OpenOptions::new()
        .append(true)
        .create(true)
        .open(path)
        .map(drop)
        .map_err(|e| unwritable(path, &e))
}

fn write(path: &Path, text: &str) -> Result<(), run::Failure> {
    std::fs::File::create(path)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| unwritable(path, &error))
}

fn unwritable(path: &Path, error: &std::io::Error) -> run::Failure {
    format!("cannot write {}: {error}", path.display()).into()
}
