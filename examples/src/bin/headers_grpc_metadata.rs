//! gRPC metadata: an application's names as constants, values that are numbers, a secret that must
//! reach neither a log nor the next call.

use std::time::Duration;

use ratoon_header_map::{Error, HeaderMap, HeaderName, Reset, header};

const TENANT: HeaderName = HeaderName::from_static("x-tenant-id");

/// Status codes of a call.
const OK: u16 = 0;
const RESOURCE_EXHAUSTED: u16 = 8;

/// The deadline of a call, as `grpc-timeout` gives it: at most eight digits and a unit.
fn timeout(metadata: &HeaderMap) -> Option<Duration> {
    let value = metadata.get(header::GRPC_TIMEOUT)?.to_str().ok()?;
    let (digits, unit) = value.split_at_checked(value.len().checked_sub(1)?)?;
    if digits.len() > 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let amount: u64 = digits.parse().ok()?;
    match unit {
        "H" => Some(Duration::from_secs(amount * 3600)),
        "M" => Some(Duration::from_secs(amount * 60)),
        "S" => Some(Duration::from_secs(amount)),
        "m" => Some(Duration::from_millis(amount)),
        "u" => Some(Duration::from_micros(amount)),
        "n" => Some(Duration::from_nanos(amount)),
        _ => None,
    }
}

/// What a connection keeps from call to call.
struct Call {
    metadata: HeaderMap,
    trailers: HeaderMap,
}

impl Call {
    fn new() -> Self {
        Self {
            metadata: HeaderMap::with_capacity(16, 1024).with_erasure(),
            trailers: HeaderMap::with_capacity(16, 256),
        }
    }

    /// Takes what a decoder of HPACK hands over, pair by pair: all of it or none.
    fn receive<'a>(
        &mut self,
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<(), Error> {
        self.metadata.reset();
        self.trailers.reset();
        self.metadata.try_extend(pairs)?;
        self.metadata.set_sensitive(header::AUTHORIZATION, true);
        Ok(())
    }

    fn finish(&mut self, status: u16, message: &str) -> Result<(), Error> {
        self.trailers.insert(header::GRPC_STATUS, status)?;
        if !message.is_empty() {
            self.trailers.insert(header::GRPC_MESSAGE, message)?;
        }
        Ok(())
    }
}

fn main() -> Result<(), Error> {
    let mut call = Call::new();

    call.receive([
        ("content-type", "application/grpc"),
        ("te", "trailers"),
        ("grpc-timeout", "250m"),
        ("grpc-previous-rpc-attempts", "2"),
        ("x-tenant-id", "blue"),
        ("authorization", "Bearer s3cr3t"),
    ])?;
    let metadata = &call.metadata;
    assert_eq!(timeout(metadata), Some(Duration::from_millis(250)));
    let attempts = metadata.get(header::GRPC_PREVIOUS_RPC_ATTEMPTS);
    assert_eq!(attempts.and_then(|value| value.parse::<u32>()), Some(2));
    assert_eq!(metadata.get(TENANT).unwrap(), "blue");
    assert_eq!(metadata.get(header::AUTHORIZATION).unwrap(), "Bearer s3cr3t");
    let shown = format!("{metadata:?}");
    assert!(shown.contains("Sensitive") && !shown.contains("s3cr3t"));
    println!("{shown}");
    call.finish(OK, "")?;
    assert_eq!(call.trailers.as_wire().unwrap(), b"grpc-status: 0\r\n");

    // The next call on the same maps.
    call.receive([("grpc-timeout", "1S"), ("X-Tenant-Id", "green")])?;
    assert!(call.metadata.get(header::AUTHORIZATION).is_none());
    assert_eq!(call.metadata.get(TENANT).unwrap(), "green");
    assert_eq!(timeout(&call.metadata), Some(Duration::from_secs(1)));
    assert!(call.trailers.is_empty());

    // A client that sends too much gets an error that names header and limit.
    let huge = "x".repeat(64 * 1024);
    let error = call.receive([("x-tenant-id", "red"), ("x-baggage", &*huge)]).unwrap_err();
    assert_eq!(error.to_string(), "adding `x-baggage` would need 65567 bytes; the limit is 16384");
    assert!(call.metadata.is_empty(), "nothing of what was refused");
    call.finish(RESOURCE_EXHAUSTED, &error.to_string())?;
    let status = call.trailers.get(header::GRPC_STATUS).unwrap();
    assert_eq!(status.parse(), Some(RESOURCE_EXHAUSTED));
    println!("{:?}", call.trailers);
    Ok(())
}
