//! The command line: what cannot be done is said in one line, before anything is measured.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn compare(arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_compare")).args(arguments).output();
    output.expect("the program starts")
}

/// The one line that a failed call has written; nothing was measured.
fn complaint(arguments: &[&str], status: i32) -> String {
    let output = compare(arguments);
    assert_eq!(output.status.code(), Some(status), "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?} printed something");
    let text = String::from_utf8(output.stderr).expect("text");
    assert_eq!(text.lines().count(), 1, "{arguments:?}: {text}");
    assert!(text.starts_with("error: "), "{text}");
    text
}

fn temporary(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    // It may be there from another run, or not.
    let _ = fs::remove_file(&path);
    path
}

#[test]
fn bad_options() {
    for (arguments, expected) in [
        (&["--nonsense"][..], "--nonsense"),
        (&["nonsense"], "nonsense"),
        (&["--section", "lake"], "pool, arena, header_map, request, leak, retention, server"),
        (&["--section"], "--section"),
        (&["--threads", "0"], "from 1 to 256"),
        (&["--threads", "257"], "from 1 to 256"),
        (&["--threads", "two"], "from 1 to 256"),
        (&["--soak", "forever"], "from 1s to 24h"),
        (&["--soak", "0s"], "from 1s to 24h"),
        (&["--json"], "--json"),
        (&["--quick", "serve"], "serve"),
        (&["serve"], "--variant"),
        (&["serve", "--variant", "fast"], "per-connection"),
        (&["serve", "--variant", "all", "--port", "65536"], "65536"),
    ] {
        let line = complaint(arguments, 2);
        assert!(line.contains(expected), "{arguments:?}: {line}");
    }
}

#[test]
fn unwritable_paths() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    for option in ["--json", "--html", "--markdown"] {
        let line = complaint(&[option, "/no/such/folder/report"], 1);
        assert!(line.contains("cannot write /no/such/folder/report: "), "{line}");
        let line = complaint(&[option, folder], 1);
        assert!(line.contains(folder), "{line}");
    }
}

#[test]
fn files_untouched_by_a_run_that_does_not_begin() {
    let (old, new) = (temporary("old.json"), temporary("new.html"));
    fs::write(&old, "precious").expect("writable");
    let paths = [old.to_str(), new.to_str()].map(|path| path.expect("plain names"));
    complaint(&["--json", paths[0], "--html", paths[1], "--markdown", "/no/such/folder/x"], 1);
    assert_eq!(fs::read_to_string(&old).expect("there"), "precious");
    assert!(!new.exists());
    let line = complaint(&["--json", paths[0], "--html", paths[0]], 1);
    assert!(line.contains("two reports"), "{line}");
    assert_eq!(fs::read_to_string(&old).expect("there"), "precious");
}

#[test]
#[cfg(unix)]
fn one_file_under_two_names() {
    let (file, link) = (temporary("one.json"), temporary("link.html"));
    std::os::unix::fs::symlink(&file, &link).expect("a link that leads nowhere yet");
    let folder = file.parent().expect("in a folder");
    let detour = folder.join(".").join("..").join(folder.file_name().expect("named"));
    for other in [link.clone(), detour.join("one.json")] {
        let paths = [&file, &other].map(|path| path.to_str().expect("plain names"));
        for [first, second] in [paths, [paths[1], paths[0]]] {
            let smoke = ["--smoke", "--section", "leak"];
            let line = complaint(&[&smoke[..], &["--json", first, "--html", second]].concat(), 1);
            assert!(line.contains("two reports"), "{line}");
            assert!(!file.exists(), "nothing came into being");
            assert!(link.is_symlink(), "nothing was taken away");
        }
    }
}

#[test]
fn long_run_of_a_section_that_has_none() {
    let line = complaint(&["--smoke", "--soak", "1s", "--section", "leak"], 1);
    assert!(line.contains("server") && line.contains("--soak"), "{line}");
}

/// A call whose output nobody reads.
fn unread(arguments: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_compare"))
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    child.wait_with_output().expect("it ends")
}

#[test]
fn output_that_nobody_reads() {
    let json = temporary("unread.json");
    let path = json.to_str().expect("a plain name");
    for arguments in [&["--list"][..], &["--smoke", "--section", "leak", "--json", path]] {
        let output = unread(arguments);
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(words.lines().all(|line| line.contains(" left ")), "only progress: {words}");
        assert!(output.status.success(), "{arguments:?}");
    }
    assert!(json.exists());
}

#[test]
#[cfg(target_os = "linux")]
fn output_to_a_full_disk() {
    let html = temporary("beside_a_full_disk.html");
    let path = html.to_str().expect("a plain name");
    let full = || fs::File::options().write(true).open("/dev/full").expect("Linux has it");
    let run = |arguments: &[&str], stdout: Stdio| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_compare"));
        let output = command.args(arguments).stdout(stdout).output().expect("the program starts");
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let text = String::from_utf8(output.stderr).expect("text");
        text.lines().last().expect("a line").to_owned()
    };
    let leak = ["--smoke", "--section", "leak", "--html", path];
    assert!(run(&leak, full().into()).starts_with("error: cannot print: "));
    fs::remove_file(&html).expect("written although the rest was lost");
    let line = run(&[&leak[..], &["--json", "/dev/full"]].concat(), Stdio::null());
    assert!(line.starts_with("error: cannot write /dev/full: "), "{line}");
    assert!(html.exists(), "written although the other was not");
}

#[test]
#[cfg(unix)]
fn interrupted_by_ctrl_c() {
    let json = temporary("interrupted.json");
    let mut child = Command::new(env!("CARGO_BIN_EXE_compare"))
        .args(["--smoke", "--section", "leak", "--section", "arena", "--json"])
        .arg(&json)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut progress = BufReader::new(child.stderr.take().expect("piped"));
    let mut line = String::new();
    while !line.contains("arena/alloc_24") {
        line.clear();
        assert!(progress.read_line(&mut line).expect("text") > 0, "it ended before");
    }
    let id = child.id().try_into().expect("a process id");
    // SAFETY: no pointers; the process has not been waited for, so its id is its own.
    assert_eq!(unsafe { libc::kill(id, libc::SIGINT) }, 0);
    let mut rest = String::new();
    progress.read_to_string(&mut rest).expect("text");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130), "{rest}");
    let words = rest.lines().last().expect("a line");
    assert!(words.starts_with("Interrupted: "), "{rest}");
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.contains("Where Ratoon loses"), "the answer comes all the same: {text}");
    let report = fs::read_to_string(json).expect("written");
    assert!(report.contains("\"interrupted, smoke"), "the report says so");
    assert!(report.contains("arena/alloc_24\"") && !report.contains("arena/nodes_with_drop\""));
}

#[test]
fn busy_port() {
    let occupied = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = occupied.local_addr().expect("bound").port().to_string();
    let line = complaint(&["serve", "--variant", "all", "--port", &port], 1);
    assert!(line.contains(&port) && line.contains("--port"), "{line}");
}

#[test]
fn list_of_everything() {
    let output = compare(&["--list"]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("text");
    for expected in [
        "pool/get_put_1t",
        "rylv-pool",
        "arena/request",
        "bump-scope",
        "header_map/browser_bulk",
        "actix-http",
        "request: ",
        "leak/second_request",
        "retention/sweep",
        "server/depth16",
        "leaves out",
    ] {
        assert!(text.contains(expected), "{expected} is not listed");
    }
    let output = compare(&["--list", "--section", "leak"]);
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.contains("leak/second_request") && !text.contains("pool/get_put_1t"), "{text}");
}

#[test]
fn help_names_the_options() {
    let output = compare(&["--help"]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("text");
    for option in [
        "--quick",
        "--verbose",
        "--section",
        "--threads",
        "--json",
        "--html",
        "--markdown",
        "--soak",
        "--list",
    ] {
        assert!(text.contains(option), "{option}");
    }
}

#[test]
fn server_for_a_load_generator_of_ones_own() {
    let mut server = Command::new(env!("CARGO_BIN_EXE_compare"))
        .args(["serve", "--variant", "all", "--port", "0"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    let stdout = server.stdout.take().expect("piped");
    BufReader::new(stdout).read_line(&mut line).expect("a line");
    let answer = line.trim().rsplit_once("http://").map(|(_, address)| get(address));
    server.kill().expect("it runs");
    server.wait().expect("it ends");
    assert!(answer.expect("an address").starts_with("HTTP/1.1 200 OK\r\n"), "{line}");
}

fn get(address: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

#[test]
fn children_that_are_told_nonsense() {
    for arguments in [
        ["child", "measure", "{}"],
        ["child", "serve", "nonsense"],
        ["child", "load", r#"{"address":"127.0.0.1:1"}"#],
    ] {
        complaint(&arguments, 1);
    }
    let plan = r#"{"section":"lake","pace":{"sittings":1,"rounds":1,"round":{"secs":0,"nanos":1}},
        "threads":1,"naive_only":false}"#;
    let line = complaint(&["child", "measure", plan], 1);
    assert!(line.contains("no such section"), "{line}");
}
