//! The other services.

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

    let refused = proxy.exchange("GET / HTTP/1.1\r\nbad name: x\r\n\r\n");
    assert!(refused.starts_with("HTTP/1.1 400 "), "{refused}");
}
