//! A service in a process of its own, and a client for it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running service; stopped when dropped.
pub(crate) struct Service {
    child: Child,
    pub(crate) address: String,
}

impl Service {
    /// Starts a program that prints `listening on http://ADDRESS`.
    pub(crate) fn start(program: &str, arguments: &[&str]) -> Self {
        let mut child = Command::new(program)
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the service starts");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("piped");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let address = line.trim_end().strip_prefix("listening on http://");
        let address = address.unwrap_or_else(|| panic!("{program} printed {line:?}")).to_owned();
        Self { child, address }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("the service listens");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a valid time-out");
        stream
    }

    /// Sends a request on a new connection and returns everything received until the connection closes.
    pub(crate) fn exchange(&self, request: &str) -> String {
        String::from_utf8(self.exchange_bytes(request)).expect("text")
    }

    /// The same for responses that are not text.
    pub(crate) fn exchange_bytes(&self, request: &str) -> Vec<u8> {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        answer
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.child.kill().expect("still running");
        self.child.wait().expect("a status");
    }
}
