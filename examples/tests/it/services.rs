//! The other services.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use crate::service::Service;

#[test]
fn axum_service() {
    let service = Service::start(env!("CARGO_BIN_EXE_axum_service"), &[]);
    for (language, greeting) in [("en", "Hello, Ada!\n"), ("de-CH", "Hallo, Ada!\n")] {
        let answer = service.exchange(&format!(
            "GET /greet/Ada HTTP/1.1\r\nHost: x\r\nAccept-Language: {language}\r\n\
             Connection: close\r\n\r\n"
        ));
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        assert!(answer.ends_with(greeting), "{answer}");
    }
    // What the last request said is forgotten.
    let answer = service.exchange("GET /greet/Bo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assert!(answer.ends_with("Hello, Bo!\n"), "{answer}");
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
        "POST /a HTTP/1.1\nHost: x\r\nConnection: X-Secret, Keep-Alive\r\n\
         X-Secret: 1\r\nKeep-Alive: 5\r\nUpgrade: h2c\r\nX-Kept:  2 \r\nContent-Length: 3\r\n\r\n\
         endGET /smuggled HTTP/1.1\r\n\r\n",
    );
    assert_eq!(
        arrived,
        "POST /a HTTP/1.1\r\nHost: x\r\nX-Kept: 2\r\nContent-Length: 3\r\n\
         x-forwarded-for: 127.0.0.1\r\nconnection: close\r\n\r\nend"
    );
    assert!(answer.starts_with("HTTP/1.1 204 "), "{answer}");
}

#[test]
fn tcp_proxy_refuses_what_can_be_read_in_two_ways() {
    let proxy = Service::start(env!("CARGO_BIN_EXE_tcp_proxy"), &["127.0.0.1:9"]);
    for (request, reason) in [
        ("GET / HTTP/1.1\r\nHost: x\r\nbad name: x\r\n", "invalid header name"),
        ("GET / HTTP/1.1\r\nHost: x\r\nFolded: a\r\n b\r\n", "invalid header name"),
        ("GET / HTTP/1.1\r\nAccept: x\r\n", "no Host"),
        ("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n", "header `host` has 2 values"),
        ("GET http://y/ HTTP/1.1\r\nHost: x\r\n", "only a path is forwarded"),
        ("CONNECT y:443 HTTP/1.1\r\nHost: x\r\n", "only a path is forwarded"),
        (
            "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n",
            "header `content-length` has 2 values",
        ),
        ("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n", "Content-Length is no number"),
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
