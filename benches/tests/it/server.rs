//! The servers, over real sockets.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

use ratoon_benches::load::{Batch, Tape};
use ratoon_benches::server::{Server, Variant};
use ratoon_benches::workloads::request::RECORDED;

/// Those whose connections are the suite's own; axum's are hyper's.
fn own() -> impl Iterator<Item = Variant> {
    let axum = [Variant::AxumNaive, Variant::AxumReused];
    Variant::EVERY.into_iter().filter(move |variant| !axum.contains(variant))
}

fn start(variant: Variant) -> SocketAddr {
    Server::start(variant, 0, 1, &[]).expect("a free port").address()
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("it listens");
    stream.set_nodelay(true).expect("a socket option");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a socket option");
    stream
}

fn expect_answer(stream: &mut TcpStream, batch: &Batch) {
    let mut answer = vec![0; batch.response.len()];
    stream.read_exact(&mut answer).expect("an answer");
    assert!(answer == batch.response, "the answer is wrong: {}", answer.escape_ascii());
}

/// Everything up to the end of the connection.
fn all(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an orderly end");
    answer
}

fn send(address: SocketAddr, request: &[u8]) -> TcpStream {
    let mut stream = connect(address);
    stream.write_all(request).expect("sent");
    stream
}

#[test]
fn same_bytes_from_every_variant() {
    let tape = Tape::new(1);
    for variant in Variant::EVERY {
        let mut stream = connect(start(variant));
        // Twice: the second time everything is reused.
        for number in 0..2 * RECORDED.len() as u64 {
            stream.write_all(&tape.batch(number).request).expect("sent");
            expect_answer(&mut stream, tape.batch(number));
        }
    }
}

#[test]
fn pipelined_requests_in_order() {
    let tape = Tape::new(16);
    for variant in Variant::EVERY {
        let mut stream = connect(start(variant));
        for number in 0..3 {
            stream.write_all(&tape.batch(number).request).expect("sent");
        }
        for number in 0..3 {
            expect_answer(&mut stream, tape.batch(number));
        }
    }
}

#[test]
fn requests_in_pieces() {
    let tape = Tape::new(2);
    for variant in own() {
        let address = start(variant);
        for size in [1, 7, 64, 700] {
            let mut stream = connect(address);
            for piece in tape.batch(0).request.chunks(size) {
                stream.write_all(piece).expect("sent");
            }
            expect_answer(&mut stream, tape.batch(0));
        }
    }
}

#[test]
fn giants_between_others() {
    let tape = Tape::new(4);
    for variant in Variant::EVERY {
        let mut stream = connect(start(variant));
        for _ in 0..2 {
            stream.write_all(&tape.giant().request).expect("sent");
            stream.write_all(&tape.batch(0).request).expect("sent");
            expect_answer(&mut stream, tape.giant());
            expect_answer(&mut stream, tape.batch(0));
        }
    }
}

#[test]
fn refusals() {
    let long = format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(20_000));
    let unending = format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(20_000));
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(65));
    let cases = [
        ("no request at all\r\n\r\n", "400 Bad Request"),
        ("GET / HTTP/1.1\r\nX : y\r\n\r\n", "400 Bad Request"),
        // The bodies are orders: who is lenient would answer 200.
        (
            "POST / HTTP/1.1\r\nContent-Length: 12\r\nContent-Length: 12\r\n\r\n{\"items\":[]}",
            "400 Bad Request",
        ),
        (
            "POST / HTTP/1.1\r\nContent-Length: 12\r\nContent-Length: 0\r\n\r\n{\"items\":[]}",
            "400 Bad Request",
        ),
        ("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "400 Bad Request"),
        ("POST / HTTP/1.1\r\nContent-Length: +12\r\n\r\n{\"items\":[]}", "400 Bad Request"),
        ("POST / HTTP/1.1\r\nContent-Length: \r\n\r\n", "400 Bad Request"),
        ("POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nno order!", "400 Bad Request"),
        ("POST / HTTP/1.1\r\nContent-Length: 16777217\r\n\r\n", "413 Content Too Large"),
        (
            "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n",
            "413 Content Too Large",
        ),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", "501 Not Implemented"),
        (&long, "431 Request Header Fields Too Large"),
        (&unending, "431 Request Header Fields Too Large"),
        (&many, "431 Request Header Fields Too Large"),
    ];
    for variant in own() {
        let address = start(variant);
        for (request, status) in cases {
            let answer = all(send(address, request.as_bytes()));
            let expected =
                format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            assert_eq!(answer, expected, "{}: {request:.60}", variant.label());
        }
        // None of them has harmed the others.
        let tape = Tape::new(1);
        expect_answer(&mut send(address, &tape.batch(1).request), tape.batch(1));
    }
}

#[test]
fn good_requests_before_a_bad_one_are_answered() {
    let tape = Tape::new(3);
    for variant in own() {
        let mut request = tape.batch(0).request.clone();
        request.extend_from_slice(b"nonsense\r\n\r\n");
        let answer = all(send(start(variant), &request));
        let (good, bad) = answer.split_at(tape.batch(0).response.len());
        assert_eq!(good.as_bytes(), tape.batch(0).response);
        assert!(bad.starts_with("HTTP/1.1 400 "), "{bad}");
    }
}

#[test]
fn connections_closed_on_request() {
    for variant in own() {
        let address = start(variant);
        for request in [
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nGET /b HTTP/1.1\r\n\r\n",
            "GET /a HTTP/1.0\r\nHost: x\r\n\r\n",
        ] {
            let answer = all(send(address, request.as_bytes()));
            assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
            assert!(answer.contains("\r\nconnection: close\r\n"), "{answer}");
            assert_eq!(answer.matches("HTTP/1.1").count(), 1, "nothing is served after that");
        }
    }
}

#[test]
fn clients_that_go_away_in_the_middle() {
    let tape = Tape::new(1);
    let request = &tape.batch(0).request;
    for variant in own() {
        let address = start(variant);
        for part in [0, 1, request.len() / 2, request.len() - 1] {
            let stream = send(address, &request[..part]);
            stream.shutdown(Shutdown::Write).expect("open");
            assert_eq!(all(stream), "", "there is no answer to half a request");
        }
        expect_answer(&mut send(address, request), tape.batch(0));
    }
}

#[test]
fn nothing_of_the_last_request_in_the_next() {
    let secret = "GET /secret?key=1 HTTP/1.1\r\nHost: hidden.example\r\nAuthorization: Bearer secret\r\n\
                  Cookie: a=1; b=2\r\nAccept-Language: xx\r\n\
                  traceparent: 00-11111111111111111111111111111111-2222222222222222-01\r\n\r\n";
    let anonymous = "GET / HTTP/1.1\r\n\r\n";
    for variant in own() {
        let address = start(variant);
        let fresh = {
            let mut stream = send(address, anonymous.as_bytes());
            read_one(&mut stream)
        };
        for _ in 0..3 {
            let mut stream = send(address, secret.as_bytes());
            assert!(read_one(&mut stream).contains("hidden"));
            stream.write_all(anonymous.as_bytes()).expect("sent");
            assert_eq!(read_one(&mut stream), fresh, "{}", variant.label());
        }
    }
}

/// One response, which ends with a JSON object.
fn read_one(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let mut byte = [0];
    while !answer.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).expect("a head");
        answer.push(byte[0]);
    }
    let head = String::from_utf8(answer).expect("text");
    let (_, length) = head.split_once("content-length: ").expect("a length");
    let length = length.lines().next().and_then(|line| line.parse().ok()).expect("a number");
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("a body");
    head + &String::from_utf8(body).expect("text")
}

#[test]
fn several_workers() {
    let server = Server::start(Variant::All, 0, 3, &[]).expect("a free port");
    let tape = Tape::new(2);
    let mut streams: Vec<TcpStream> = (0..9).map(|_| connect(server.address())).collect();
    for stream in &mut streams {
        stream.write_all(&tape.batch(3).request).expect("sent");
    }
    for stream in &mut streams {
        expect_answer(stream, tape.batch(3));
    }
}
