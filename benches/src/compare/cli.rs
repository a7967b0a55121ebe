//! The command line. Whatever cannot be done is said in one line, before anything is measured.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::error::ErrorKind;
use clap::{Parser, Subcommand};
use indicatif::ProgressBar;

use super::machine::{Machine, ProcessorTime};
use super::output::Outputs;
use super::{Report, answer, children, docs, interrupt, run, serve, terminal};
use crate::harness::Pace;
use crate::harness::threads::on_large_stack;
use crate::server::Variant;
use crate::workloads::server::{SOAK_ONLY, child};
use crate::workloads::{Failure, SECTIONS, Section, Settings};

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
    /// Fewer, shorter rounds: about three minutes instead of nine.
    #[arg(long)]
    quick: bool,

    /// Prints every table, figure and target before the answer.
    #[arg(long)]
    verbose: bool,

    /// Executes everything and measures nothing: for tests of the suite itself.
    #[arg(long, hide = true)]
    smoke: bool,

    /// Only this section; may be given several times. See --list.
    #[arg(long, value_name = "NAME", value_parser = section)]
    section: Vec<&'static Section>,

    /// Threads of the workloads that use several, and of the server if there are processors for them.
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = threads)]
    threads: usize,

    /// Writes every figure and ratio to this file.
    #[arg(long, value_name = "PATH")]
    json: Option<PathBuf>,

    /// Writes the report with its charts to this file.
    #[arg(long, value_name = "PATH")]
    html: Option<PathBuf>,

    /// Writes the headline figures as a table in Markdown to this file.
    #[arg(long, value_name = "PATH")]
    markdown: Option<PathBuf>,

    /// Measures nothing; writes the figures of a full run's JSON into the READMEs and crate docs.
    #[arg(long, value_name = "JSON", exclusive = true)]
    docs: Option<PathBuf>,

    /// Only the long run, for so long in all (30m, 90s, 2h), or sections with a long run of that length.
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    soak: Option<Duration>,

    /// Lists sections, workloads and subjects, and what each workload does not represent.
    #[arg(long)]
    list: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves on loopback, to be driven from outside; see benches/README.md for wrk.
    Serve {
        /// Where each request's memory comes from.
        #[arg(long, value_enum)]
        variant: Variant,
        /// The port of 127.0.0.1; 0 for any that is free.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Threads that serve.
        #[arg(long, value_name = "N", default_value_t = 1, value_parser = threads)]
        threads: usize,
    },
    /// What this program starts to measure in a process of its own.
    #[command(hide = true)]
    Child {
        #[command(subcommand)]
        role: Role,
    },
}

#[derive(Debug, Subcommand)]
enum Role {
    Measure { plan: String },
    Serve { plan: String },
    Load { target: String },
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
            eprintln!("{} (--help lists the options)", one_line(&error.to_string()));
            return ExitCode::from(2);
        }
    };
    match dispatch(cli) {
        Ok(()) if interrupt::requested() => ExitCode::from(interrupt::STATUS),
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What clap has to say up to its first empty line, without the rest of its page.
fn one_line(text: &str) -> String {
    let lines: Vec<&str> =
        text.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
    lines.join(" ")
}

fn dispatch(cli: Cli) -> Result<(), Failure> {
    match cli.command {
        Some(Command::Serve { variant, port, threads }) => serve::serve(variant, port, threads),
        Some(Command::Child { role }) => match role {
            Role::Measure { plan } => children::measure(&plan),
            Role::Serve { plan } => child::serve(&plan),
            Role::Load { target } => child::load(&target),
        },
        None if cli.options.list => {
            let (sections, threads) = (chosen(&cli.options), cli.options.threads);
            print(&on_large_stack(|| terminal::list(&sections, threads)))
        }
        None => match &cli.options.docs {
            Some(json) => docs::write(&repository(), &docs::read(&repository(), json)?),
            None => compare(&cli.options),
        },
    }
}

/// The repository that this program was built from.
fn repository() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn compare(options: &Options) -> Result<(), Failure> {
    let sections = chosen(options);
    if options.soak.is_some() && !sections.iter().any(|section| has_long_run(section)) {
        return Err(format!("only {} has a long run for --soak", SOAK_ONLY.name).into());
    }
    let outputs = Outputs::check(&[&options.json, &options.html, &options.markdown])?;
    let pace = pace(options);
    let mut machine = Machine::new(mode(options));
    let settings = Settings {
        pace,
        threads: options.threads,
        soak: options.soak,
        progress: ProgressBar::hidden(),
    };
    let before = ProcessorTime::now();
    interrupt::watch();
    let results = run::sections(&sections, settings)?;
    if interrupt::requested() {
        eprintln!("Interrupted: these are the figures of what was measured until then.");
        machine.mode = format!("interrupted, {}", machine.mode);
    }
    if let Some((before, now)) = before.zip(ProcessorTime::now()) {
        machine.stolen_percent = now.stolen_percent_since(before);
    }
    let report = Report::new(machine, results);
    // Files first: what was measured is not lost where nobody reads what is printed.
    let written = outputs.write(&report, &options.json, &options.html, &options.markdown);
    let details = if options.verbose { terminal::report(&report) } else { String::new() };
    let printed = print(&(details + &answer::answer(&report)));
    written.and(printed)
}

/// Prints a text. That its reader has seen enough (`| head`) is no error.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("cannot print: {error}").into())
        }
        _ => Ok(()),
    }
}

/// Sections in the order of the report, each once.
fn chosen(options: &Options) -> Vec<&'static Section> {
    match (options.section.as_slice(), options.soak) {
        ([], None) => SECTIONS.iter().collect(),
        ([], Some(_)) => vec![&SOAK_ONLY],
        (named, _) => SECTIONS
            .iter()
            .filter(|section| named.iter().any(|named| named.name == section.name))
            .collect(),
    }
}

fn has_long_run(section: &Section) -> bool {
    let is_long = |key: &str| SOAK_ONLY.experiments.iter().any(|long| long.key == key);
    section.experiments.iter().any(|experiment| is_long(experiment.key))
}

fn pace(options: &Options) -> Pace {
    match (options.quick, options.smoke) {
        (_, true) => Pace::SMOKE,
        (true, _) => Pace::QUICK,
        _ => Pace::FULL,
    }
}

fn mode(options: &Options) -> String {
    let pace = match pace(options) {
        Pace::SMOKE => "smoke: figures mean nothing",
        Pace::QUICK => "quick",
        _ => "full",
    };
    format!("{pace}, {} threads", options.threads)
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

/// `90s`, `30m`, `2h`.
fn duration(text: &str) -> Result<Duration, String> {
    const ALLOWED: &str = "a number with s, m or h, from 1s to 24h, is allowed";
    let digits = text.trim_end_matches(['s', 'm', 'h']);
    let unit = match &text[digits.len()..] {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        _ => return Err(ALLOWED.into()),
    };
    let seconds = digits.parse::<u64>().ok().and_then(|number| number.checked_mul(unit));
    match seconds {
        Some(seconds @ 1..=86_400) => Ok(Duration::from_secs(seconds)),
        _ => Err(ALLOWED.into()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use clap::{CommandFactory, Parser};

    use super::{Cli, chosen, duration};

    #[test]
    fn definition_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn durations() {
        assert_eq!(duration("30m"), Ok(Duration::from_secs(1800)));
        assert_eq!(duration("1s"), Ok(Duration::from_secs(1)));
        assert_eq!(duration("24h"), Ok(Duration::from_secs(86_400)));
        for bad in
            ["", "30", "m", "-1s", "0s", "25h", "1ms", "1.5m", "3mm", "99999999999999999999h"]
        {
            assert!(duration(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn sections_once_and_in_order() {
        let names = |arguments: &[&str]| -> Vec<&str> {
            let cli = Cli::try_parse_from([&["compare"], arguments].concat()).expect("valid");
            chosen(&cli.options).iter().map(|section| section.name).collect()
        };
        assert_eq!(
            names(&[]),
            ["pool", "arena", "header_map", "request", "leak", "retention", "server"]
        );
        assert_eq!(
            names(&["--section", "arena", "--section", "pool", "--section", "arena"]),
            ["pool", "arena"]
        );
        assert_eq!(names(&["--soak", "30m"]), ["server"]);
        assert_eq!(names(&["--soak", "30m", "--section", "leak"]), ["leak"]);
    }
}
