//! GoFarm's fourth finding, reproduced: contexts that go back into the pool as they are, and a stranger
//! who is taken for the last user.
//!
//! With a pool that does not reset, the program compiles and leaks. With Ratoon's pool the very same
//! program does not compile, because nobody has said how its context becomes fresh:
//!
//! ```compile_fail,E0277
//! ratoon_benches::leak_program!();
//!
//! static CONTEXTS: ratoon_pool::Pool<Context> = ratoon_pool::Pool::new(Context::default);
//! # answer(&mut CONTEXTS.get(), None);
//! ```
//!
//! One derive later it compiles, and every field is fresh:
//!
//! ```
//! ratoon_benches::leak_program!(#[derive(ratoon_pool::Reset)]);
//!
//! static CONTEXTS: ratoon_pool::Pool<Context> = ratoon_pool::Pool::new(Context::default);
//!
//! assert_eq!(answer(&mut CONTEXTS.get(), Some("Bearer user-7")), r#"{"user_id":7,"admin":true}"#);
//! assert_eq!(answer(&mut CONTEXTS.get(), None), r#"{"user_id":0,"admin":false}"#);
//! assert_eq!(CONTEXTS.stats().created, 1); // the same object, nobody's
//! ```

mod program;

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use super::request::{Serve, Served, Unserved};
use super::{Experiment, Failure, Outcome, Section, Table};
use crate::harness::Figure;
use crate::server::Server;

/// The section `leak`.
pub const SECTION: Section = Section {
    name: "leak",
    title: "The leak, reproduced",
    workloads: &[],
    experiments: &[EXPERIMENT],
};

const EXPERIMENT: Experiment = Experiment {
    key: "leak/second_request",
    title: "who is an anonymous client after user 7, an administrator, was served?",
    note: "Two clients, one after the other, over HTTP; the program relies on a fresh context. object-pool \
           gives back what it was given. With Ratoon's pool the same program does not compile \
           (`Reset` is not implemented for `Context`) until a derive says how it becomes fresh.",
    weight: 1,
    run: |_| run(),
};

/// The program as it was, in a published pool that does not reset.
pub mod unreset {
    crate::leak_program!();

    /// Gives contexts back as they are.
    pub(super) static CONTEXTS: std::sync::LazyLock<object_pool::Pool<Context>> =
        std::sync::LazyLock::new(|| object_pool::Pool::new(4, Context::default));
}

/// The same program with a derive, in Ratoon's pool.
pub mod reset {
    crate::leak_program!(#[derive(ratoon_pool::Reset)]);

    pub(super) static CONTEXTS: ratoon_pool::Pool<Context> =
        ratoon_pool::Pool::new(Context::default);
}

/// Serves the program with contexts from object-pool.
#[derive(Debug, Default)]
pub struct WithObjectPool;

impl Serve for WithObjectPool {
    fn serve(&mut self, input: &[u8], out: &mut Vec<u8>) -> Result<Served, Unserved> {
        over_http(input, out, |token| {
            let mut context = unreset::CONTEXTS.pull(unreset::Context::default);
            unreset::answer(&mut context, token)
        })
    }

    fn monitor() {}
}

/// Serves the program with contexts from Ratoon's pool.
#[derive(Debug, Default)]
pub struct WithRatoon;

impl Serve for WithRatoon {
    fn serve(&mut self, input: &[u8], out: &mut Vec<u8>) -> Result<Served, Unserved> {
        over_http(input, out, |token| reset::answer(&mut reset::CONTEXTS.get(), token))
    }

    fn monitor() {}
}

fn over_http(
    input: &[u8],
    out: &mut Vec<u8>,
    answer: impl FnOnce(Option<&str>) -> String,
) -> Result<Served, Unserved> {
    let mut lines = [httparse::EMPTY_HEADER; 16];
    let mut request = httparse::Request::new(&mut lines);
    let len = match request.parse(input) {
        Ok(httparse::Status::Complete(len)) => len,
        Ok(httparse::Status::Partial) => return Err(Unserved::Partial(input.len() + 1)),
        Err(_) => return Err(Unserved::Bad),
    };
    let token = request.headers.iter().find(|line| line.name.eq_ignore_ascii_case("authorization"));
    let body = answer(token.and_then(|line| str::from_utf8(line.value).ok()));
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
    out.extend_from_slice(head.as_bytes());
    out.extend_from_slice(body.as_bytes());
    Ok(Served { len, keep_alive: true })
}

/// What two clients are told, one after the other: user 7, and one who does not say who he is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The body of the answer to user 7.
    pub user: String,
    /// The body of the answer to the other.
    pub anonymous: String,
}

/// What the program tells a client that nobody knows.
pub const NOBODY: &str = r#"{"user_id":0,"admin":false}"#;
/// What it tells user 7.
pub const USER_7: &str = r#"{"user_id":7,"admin":true}"#;

/// Asks a server that serves with `S`, over HTTP.
///
/// # Errors
/// If the server cannot be started, or does not answer.
pub fn ask<S: Serve>() -> io::Result<Told> {
    let server = Server::of::<S>(0, 1, &[])?;
    Ok(Told {
        user: get(server.address(), "Authorization: Bearer user-7\r\n")?,
        anonymous: get(server.address(), "")?,
    })
}

fn get(address: SocketAddr, line: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(stream, "GET /me HTTP/1.1\r\nHost: localhost\r\n{line}\r\n")?;
    let mut answer = String::new();
    let mut buffer = [0; 1024];
    while !answer.ends_with('}') {
        let read = stream.read(&mut buffer)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        answer += &String::from_utf8_lossy(&buffer[..read]);
    }
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    Ok(body.into())
}

fn run() -> Outcome {
    let mut table = Table::new(&["pool", "user 7", "the next, anonymous", "verdict"]);
    let peer = ask::<WithObjectPool>()?;
    let ratoon = ask::<WithRatoon>()?;
    let mut row = |pool: &str, told: &Told| -> Result<bool, Failure> {
        if told.user != USER_7 {
            return Err(format!("{pool}: user 7 was told {}", told.user).into());
        }
        let leaked = told.anonymous != NOBODY;
        let verdict = if leaked { "user 7, an administrator" } else { "nobody" };
        table.row([pool, &told.user, &told.anonymous, verdict]);
        Ok(leaked)
    };
    let peer_leaks = row("object-pool", &peer)?;
    let ratoon_leaks = row("ratoon", &ratoon)?;
    if !peer_leaks {
        return Err("object-pool has begun to reset: the leak is no longer reproduced".into());
    }
    if ratoon_leaks {
        return Err("Ratoon's pool leaked a context".into());
    }
    table.figure("leak/contexts_leaked", Figure::exact(f64::from(u8::from(ratoon_leaks))));
    Ok(table)
}
