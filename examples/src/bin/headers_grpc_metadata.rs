//! gRPC metadata: application names as constants, values that are numbers, a secret that must not
//! reach a log.

use std::time::Duration;

use ratoon_header_map::{Error, HeaderMap, HeaderName, Reset, Sensitive, header};

const GRPC_TIMEOUT: HeaderName = HeaderName::from_static("grpc-timeout");
const TENANT: HeaderName = HeaderName::from_static("x-tenant-id");
const RETRIES: HeaderName = HeaderName::from_static("grpc-previous-rpc-attempts");

/// The deadline of a call, as `grpc-timeout` gives it: digits and a unit.
fn timeout(metadata: &HeaderMap) -> Option<Duration> {
    let value = metadata.get(GRPC_TIMEOUT)?.to_str().ok()?;
    let (digits, unit) = value.split_at_checked(value.len().checked_sub(1)?)?;
    let amount: u64 = digits.parse().ok()?;
    match unit {
        "S" => Some(Duration::from_secs(amount)),
        "m" => Some(Duration::from_millis(amount)),
        "u" => Some(Duration::from_micros(amount)),
        _ => None,
    }
}

fn receive(metadata: &mut HeaderMap, tenant: &str, timeout: &str) -> Result<(), Error> {
    metadata.append(header::CONTENT_TYPE, "application/grpc")?;
    metadata.append(header::TE, "trailers")?;
    metadata.append(GRPC_TIMEOUT, timeout)?;
    metadata.append(TENANT, tenant)?;
    metadata.append(RETRIES, "2")?;
    metadata.append(header::AUTHORIZATION, Sensitive("Bearer s3cr3t"))
}

fn main() -> Result<(), Error> {
    let mut metadata = HeaderMap::new().with_erasure();

    receive(&mut metadata, "blue", "250m")?;
    assert_eq!(timeout(&metadata), Some(Duration::from_millis(250)));
    assert_eq!(metadata.get(RETRIES).and_then(|value| value.parse::<u32>()), Some(2));
    assert!(metadata.get(header::AUTHORIZATION).is_some_and(|value| value.is_sensitive()));
    assert!(!format!("{metadata:?}").contains("s3cr3t"));
    println!("{metadata:?}");

    // The next call on the same map.
    metadata.reset();
    assert!(metadata.get(header::AUTHORIZATION).is_none());
    receive(&mut metadata, "green", "1S")?;
    assert_eq!(metadata.get("X-Tenant-Id").unwrap(), "green");
    assert_eq!(timeout(&metadata), Some(Duration::from_secs(1)));

    // A client that sends too much gets an error that names the limit, and the map is as it was.
    let before = metadata.len();
    let huge = "x".repeat(64 * 1024);
    let error = metadata.append("x-baggage", huge.as_str()).expect_err("above 16 KiB");
    println!("{error}");
    assert_eq!(metadata.len(), before);
    Ok(())
}
