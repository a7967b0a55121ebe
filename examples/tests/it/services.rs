//! The other services.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use crate::service::Service;

fn ask(service: &Service, path: &str, header: &str) -> String {
    service
        .exchange(&format!("GET {path} HTTP/1.1\r\nHost: x\r\n{header}Connection: close\r\n\r\n"))
}

/// Asks for the figures of the pool until they end as wanted.
fn wait_for_figures(service: &Service, wanted: &str) {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let answer = ask(service, "/stats", "");
        if answer.ends_with(wanted) {
            return;
        }
        assert!(Instant::now() < deadline, "not {wanted}: {answer}");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn axum_middleware_shares_a_context_with_the_handler() {
    let service = Service::start(env!("CARGO_BIN_EXE_pool_axum_middleware"), &[]);
    for _ in 0..20 {
        for (header, body) in [("Authorization: Ada\r\n", "You are Ada."), ("", "You are nobody.")]
        {
            let answer = ask(&service, "/who", header);
            assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
            assert!(answer.contains("\r\nx-notes: 2\r\n"), "read after the handler: {answer}");
            assert!(answer.ends_with(body), "{answer}");
        }
    }
    wait_for_figures(&service, "in_use=0 panicked=0");
    let bare = ask(&service, "/bare", "");
    assert!(bare.starts_with("HTTP/1.1 500 ") && bare.ends_with("is missing"), "{bare}");
    let twice = ask(&service, "/twice", "");
    assert!(twice.starts_with("HTTP/1.1 500 ") && twice.ends_with("extracted twice"), "{twice}");
    wait_for_figures(&service, "in_use=0 panicked=0");
}

#[test]
fn axum_middleware_discards_the_context_of_a_handler_that_panics() {
    let service = Service::start(env!("CARGO_BIN_EXE_pool_axum_middleware"), &[]);
    assert_eq!(ask(&service, "/fail", ""), "", "the connection is closed");
    wait_for_figures(&service, "in_use=0 panicked=1");
    let caught = ask(&service, "/caught", "");
    assert!(caught.starts_with("HTTP/1.1 500 ") && !caught.contains("x-notes"), "{caught}");
    wait_for_figures(&service, "in_use=0 panicked=2");
}

#[test]
fn axum_middleware_puts_the_context_back_when_the_client_hangs_up() {
    let service = Service::start(env!("CARGO_BIN_EXE_pool_axum_middleware"), &[]);
    let mut client = service.connect();
    client.write_all(b"GET /wait HTTP/1.1\r\nHost: x\r\n\r\n").expect("sent");
    wait_for_figures(&service, "in_use=1 panicked=0");
    drop(client);
    wait_for_figures(&service, "created=1 in_use=0 panicked=0");
}

#[test]
fn tcp_proxy_before_gofarm() {
    let upstream = Service::start(env!("CARGO_BIN_EXE_gofarm"), &[]);
    let proxy = Service::start(env!("CARGO_BIN_EXE_tcp_proxy"), &[&upstream.address]);
    let answer = proxy.exchange(
        "GET / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\nAuthorization: Bearer ada\r\n\r\n",
    );
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(answer.ends_with(r#"{"user":"ada","admin":false,"trace":0}"#), "{answer}");
}

/// What arrives behind the proxy when `request` is sent to it, and what comes back.
fn through_proxy(request: &str) -> (String, String) {
    let upstream = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = upstream.local_addr().expect("an address").to_string();
    let proxy = Service::start(env!("CARGO_BIN_EXE_tcp_proxy"), &[&address]);
    let behind = thread::spawn(move || {
        let (mut stream, _) = upstream.accept().expect("the proxy connects");
        let mut arrived = Vec::new();
        let mut chunk = [0; 4096];
        while !arrived.ends_with(b"end") {
            let n = stream.read(&mut chunk).expect("the proxy sends");
            assert_ne!(n, 0, "ended early: {}", String::from_utf8_lossy(&arrived));
            arrived.extend_from_slice(&chunk[..n]);
        }
        stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").expect("sent");
        drop(stream);
        String::from_utf8(arrived).expect("text")
    });
    let answer = proxy.exchange(request);
    (behind.join().expect("one request arrives"), answer)
}

#[test]
fn tcp_proxy_forwards_what_it_understood() {
    let (arrived, answer) = through_proxy(
        "POST /a HTTP/1.1\r\nHost:x\r\nConnection: X-Secret, Keep-Alive\r\n\
         X-Secret: 1\r\nKeep-Alive: 5\r\nUpgrade: h2c\r\nX-Kept:  2 \r\nContent-Length: 3\r\n\r\n\
         endGET /smuggled HTTP/1.1\r\n\r\n",
    );
    assert_eq!(
        arrived,
        "POST /a HTTP/1.1\r\nHost: x\r\nX-Kept: 2\r\nContent-Length: 3\r\n\
         x-forwarded-for: 127.0.0.1\r\nvia: 1.1 ratoon\r\nconnection: close\r\n\r\nend"
    );
    assert!(answer.starts_with("HTTP/1.1 204 "), "{answer}");
}

#[test]
fn tcp_proxy_keeps_what_is_meant_for_it() {
    let (arrived, _) = through_proxy(
        "POST / HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Basic c2VjcmV0\r\n\
         Proxy-Connection: keep-alive\r\nContent-Length: 3\r\n\r\nend",
    );
    assert!(!arrived.to_lowercase().contains("proxy-"), "{arrived}");
}

#[test]
fn tcp_proxy_adds_the_peer_to_the_list_that_the_client_claims() {
    let (arrived, _) = through_proxy(
        "POST / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.1\r\nVia: 1.0 a\r\n\
         X-Forwarded-For: 192.0.2.2\r\nContent-Length: 3\r\n\r\nend",
    );
    assert_eq!(
        arrived,
        "POST / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.1, 192.0.2.2, 127.0.0.1\r\n\
         Via: 1.0 a, 1.1 ratoon\r\nContent-Length: 3\r\nconnection: close\r\n\r\nend"
    );
}

#[test]
fn tcp_proxy_sends_equal_lengths_as_one() {
    for lengths in ["Content-Length: 3\r\nContent-Length: 3", "Content-Length: 3, 3"] {
        let (arrived, _) =
            through_proxy(&format!("POST / HTTP/1.1\r\nHost: x\r\n{lengths}\r\n\r\nend"));
        assert_eq!(
            arrived,
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nx-forwarded-for: 127.0.0.1\r\n\
             via: 1.1 ratoon\r\nconnection: close\r\n\r\nend"
        );
    }
}

#[test]
fn tcp_proxy_and_a_head_that_ends_in_two_places() {
    // The head ends for some parties at the bare LFs, for others at the CRLFs: then `hello` is a part of
    // the head, and the body is `WORLD`.
    let proxy = Service::start(env!("CARGO_BIN_EXE_tcp_proxy"), &["127.0.0.1:9"]);
    let refused =
        proxy.exchange("POST / HTTP/1.1\nHost: a\nContent-Length: 5\n\nhello\r\n\r\nWORLD");
    assert!(refused.starts_with("HTTP/1.1 400 "), "{refused}");
    assert!(refused.contains("LF without CR, only CR LF ends a line (at byte 15)"), "{refused}");
}

#[test]
fn tcp_proxy_refuses_what_can_be_read_in_two_ways() {
    let proxy = Service::start(env!("CARGO_BIN_EXE_tcp_proxy"), &["127.0.0.1:9"]);
    for (request, reason) in [
        ("GET / HTTP/1.1\r\nHost: x\r\nbad name: x\r\n", "white space after header name `bad`"),
        ("GET / HTTP/1.1\r\nHost: x\r\nFolded: a\r\n b\r\n", "header `Folded` is folded"),
        ("GET / HTTP/1.1\r\nAccept: x\r\n", "must have a `Host` header"),
        ("GET / HTTP/1.0\r\nAccept: x\r\n", "no Host"),
        ("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n", "more than one `Host`"),
        ("GET http://y/ HTTP/1.1\r\nHost: x\r\n", "only a path is forwarded"),
        ("CONNECT y:443 HTTP/1.1\r\nHost: x\r\n", "only a path is forwarded"),
        (
            "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n",
            "different values of `Content-Length`",
        ),
        (
            "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n",
            "both `Content-Length` and `Transfer-Encoding`",
        ),
        ("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n", "invalid `Content-Length`"),
        ("GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n", "only bodies with"),
        ("GET / HTTP/1.1\r\nHost: x\r\nConnection: close, Host\r\n", "Connection names"),
        (
            "GET / HTTP/1.1\r\nHost: x\r\nConnection: Content-Length\r\nContent-Length: 1\r\n",
            "Connection names",
        ),
    ] {
        let refused = proxy.exchange(&format!("{request}\r\n"));
        assert!(refused.starts_with("HTTP/1.1 400 "), "{request}: {refused}");
        assert!(refused.contains(reason), "{request}: {refused}");
    }
}
