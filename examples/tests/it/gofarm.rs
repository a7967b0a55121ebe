//! The `gofarm` service.

use std::io::{Read, Write};

use crate::service::Service;

fn start() -> Service {
    Service::start(env!("CARGO_BIN_EXE_gofarm"), &[])
}

/// The bodies of answers that came one after the other.
fn bodies(mut answers: &str) -> Vec<&str> {
    let mut bodies = Vec::new();
    while let Some((head, rest)) = answers.split_once("\r\n\r\n") {
        let (_, length) = head.split_once("Content-Length: ").expect("a length");
        let length = length.lines().next().expect("a line").parse().expect("a number");
        bodies.push(&rest[..length]);
        answers = &rest[length..];
    }
    bodies
}

#[test]
fn pipelined_requests_in_order() {
    let answers = start().exchange(
        "GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer root\r\nX-Trace-Id: 17\r\n\r\n\
         POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello\
         GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    );
    assert_eq!(
        bodies(&answers),
        [
            r#"{"user":"root","admin":true,"trace":17}"#,
            "hello",
            r#"{"user":"","admin":false,"trace":0}"#,
        ]
    );
}

#[test]
fn request_in_single_bytes() {
    let service = start();
    let mut stream = service.connect();
    stream.set_nodelay(true).expect("a socket option");
    for byte in
        b"GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ada\r\nConnection: close\r\n\r\n"
    {
        stream.write_all(&[*byte]).expect("sent");
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert_eq!(bodies(&answer), [r#"{"user":"ada","admin":false,"trace":0}"#]);
}

#[test]
fn close_among_other_options() {
    // Returns at all only because the connection is closed.
    let answer = start().exchange("GET / HTTP/1.1\r\nHost: x\r\nConnection: x, Close\r\n\r\n");
    assert_eq!(bodies(&answer), [r#"{"user":"","admin":false,"trace":0}"#]);
}

#[test]
fn bad_requests_refused() {
    let service = start();
    let long = format!("GET / HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "x".repeat(20_000));
    for (request, status) in [
        ("GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "404"),
        ("DELETE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "405"),
        ("no request at all\r\n\r\n", "400"),
        (
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
            "400",
        ),
        ("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "400"),
        ("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\n\r\n", "413"),
        ("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", "501"),
        ("GET / HTTP/1.1\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "400"),
        (
            "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n",
            "400",
        ),
        ("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", "400"),
        ("POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", "400"),
        // For a party that takes no bare LF, the first of these heads goes on to the next empty line.
        (
            "POST /echo HTTP/1.1\nHost: x\nContent-Length: 0\n\nGET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "400",
        ),
        (&long, "431"),
    ] {
        let answer = service.exchange(request);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{request:.60}: {answer}");
    }
}

#[test]
fn metrics_of_all_threads() {
    let service = start();
    for _ in 0..20 {
        service.exchange("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    }
    service.exchange("GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    let answer = service.exchange("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    let figure = |name: &str| -> u64 {
        let line = answer.lines().find(|line| line.starts_with(name)).expect(name);
        line.rsplit(' ').next().expect("a figure").parse().expect("a number")
    };
    assert_eq!(figure("gofarm_requests_total"), 21);
    assert_eq!(figure("gofarm_refused_total"), 1);
    assert!(figure("gofarm_contexts_created_total") < 21);
    assert!(figure("gofarm_contexts_reused_total") > 0);
}
