//! The services that run on axum and hyper.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::Shutdown;
use std::thread;
use std::time::{Duration, Instant};

use crate::service::Service;

fn request(path: &str, headers: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: x\r\n{headers}Connection: close\r\n\r\n")
}

fn get(service: &Service, path: &str, headers: &str) -> String {
    service.exchange(&request(path, headers))
}

/// What `axum_service` and `hyper_service` have in common.
fn check_greetings(service: &Service) {
    for (language, greeting) in [("en", "Hello, Ada!\n"), ("de-CH", "Hallo, Ada!\n")] {
        let headers = format!("Accept-Language: {language}\r\nX-Secret: 1\r\n");
        let answer = get(service, "/greet/Ada", &headers);
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        assert!(answer.contains("content-type: text/plain; charset=utf-8\r\n"), "{answer}");
        assert!(answer.ends_with(greeting), "{answer}");
        let answer = answer.to_lowercase();
        for leaked in ["accept-language", "x-secret", "host:"] {
            assert!(!answer.contains(leaked), "a header of the request in the response: {answer}");
        }
    }
    // What the last request said is forgotten, on its own connection too.
    let mut both = String::new();
    for (headers, end) in [("Accept-Language: de\r\n", ""), ("", "Connection: close\r\n")] {
        write!(both, "GET /greet/Bo HTTP/1.1\r\nHost: x\r\n{headers}{end}\r\n").expect("a string");
    }
    let answers = service.exchange(&both);
    let (first, second) = answers.split_once("Hallo, Bo!\n").expect("two answers");
    assert!(first.starts_with("HTTP/1.1 200 "), "{answers}");
    assert!(second.ends_with("Hello, Bo!\n"), "{answers}");
}

#[test]
fn axum_service() {
    let service = Service::start(env!("CARGO_BIN_EXE_axum_service"), &[]);
    check_greetings(&service);
    let answer = get(&service, "/greet/J%C3%BCrg", "");
    assert!(answer.ends_with("Hello, Jürg!\n"), "{answer}");
}

#[test]
fn hyper_service() {
    let service = Service::start(env!("CARGO_BIN_EXE_hyper_service"), &[]);
    check_greetings(&service);
    let answer = get(&service, "/nowhere", "");
    assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
}

/// How often the slow handler of `hyper_service` ran to its end.
fn finished(service: &Service) -> u32 {
    let answer = get(service, "/finished", "");
    answer.rsplit("\r\n").next().and_then(|body| body.parse().ok()).expect("a number")
}

#[test]
fn half_close_answers_a_client_that_has_finished_sending() {
    let service = Service::start(env!("CARGO_BIN_EXE_hyper_service"), &[]);
    let mut stream = service.connect();
    stream.write_all(request("/slow", "").as_bytes()).expect("sent");
    stream.shutdown(Shutdown::Write).expect("open");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("slow"), "{answer}");
}

#[test]
fn half_close_lets_a_handler_finish_without_its_client() {
    let service = Service::start(env!("CARGO_BIN_EXE_hyper_service"), &[]);
    let mut stream = service.connect();
    stream.write_all(request("/slow", "").as_bytes()).expect("sent");
    thread::sleep(Duration::from_millis(100)); // the handler runs
    drop(stream);
    let deadline = Instant::now() + Duration::from_secs(30);
    while finished(&service) != 1 {
        assert!(Instant::now() < deadline, "the handler was cancelled");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn axum_json() {
    let service = Service::start(env!("CARGO_BIN_EXE_axum_json"), &[]);
    for (query, currency) in [("", "EUR"), ("?currency=CHF", "CHF"), ("", "EUR")] {
        let items: Vec<String> = (0..200)
            .map(|id| {
                format!(
                    r#"{{"id":{id},"sku":"SKU-{id:05}","name":"Article number {id}","price_cents":{},"tags":["shelf-{}","{currency}"]}}"#,
                    id * 37 % 10_000,
                    id % 7
                )
            })
            .collect();
        let answer = get(&service, &format!("/items{query}"), "");
        assert!(answer.contains("\r\ncontent-type: application/json\r\n"), "{answer:.300}");
        let body = answer.split_once("\r\n\r\n").expect("a head").1;
        assert!(body == format!("[{}]", items.join(",")), "other items: {body:.200}");
    }
    let stats = get(&service, "/stats", "");
    assert!(stats.ends_with("\r\n\r\narenas=1 bodies=1"), "both are reused: {stats}");
}

/// The head in lower case, and the body.
fn compressed(service: &Service, path: &str, accept: &str) -> (String, Vec<u8>) {
    let headers = format!("Accept-Encoding: {accept}\r\n");
    let answer = service.exchange_bytes(&request(path, &headers));
    let head = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").expect("a head");
    let body = answer[head + 4..].to_vec();
    (String::from_utf8(answer[..head].to_vec()).expect("text").to_lowercase(), body)
}

#[test]
fn axum_compress() {
    let service = Service::start(env!("CARGO_BIN_EXE_axum_compress"), &[]);
    let (head, page) = compressed(&service, "/page", "gzip");
    assert!(!head.contains("content-encoding"), "{head}");
    assert!((4000..=4096).contains(&page.len()) && page.starts_with(b"<tr>"), "{}", page.len());

    for accept in ["zstd", "deflate", "zstd", "deflate", "zstd", "deflate"] {
        let (head, body) = compressed(&service, "/page", accept);
        assert!(head.contains(&format!("content-encoding: {accept}")), "{head}");
        assert!(body == compressed(&service, "/naive", accept).1, "{accept}: not the naive bytes");
        assert!(body.len() < page.len() / 2, "{accept}: {} bytes", body.len());
        let decoded = match accept {
            "zstd" => zstd::decode_all(&*body).expect("a frame"),
            _ => {
                let mut decoded = Vec::new();
                let mut decoder = flate2::read::ZlibDecoder::new(&*body);
                decoder.read_to_end(&mut decoded).expect("zlib");
                decoded
            }
        };
        assert!(decoded == page, "{accept}: another page");
    }
    let stats = get(&service, "/stats", "");
    assert!(stats.ends_with("zstd=1 deflate=1"), "three uses of each context: {stats}");

    let (head, _) = compressed(&service, "/page", "br, deflate;q=0.5, ZSTD; q=0");
    assert!(head.contains("content-encoding: deflate"), "{head}");
}
