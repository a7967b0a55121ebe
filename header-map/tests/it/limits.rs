//! Limits: exact, and without a trace where they refuse.

use ratoon_header_map::{Error, HeaderMap, Limits};

#[track_caller]
fn assert_unchanged(map: &HeaderMap, before: &HeaderMap) {
    assert_eq!(map, before);
    assert!(map.iter().eq(before.iter()));
    assert_eq!((map.len(), map.byte_len()), (before.len(), before.byte_len()));
}

#[test]
fn default_number_of_headers() {
    let mut map = HeaderMap::default();
    for n in 0..128 {
        map.append(format!("x-{n}"), "v").unwrap();
    }
    let before = map.clone();
    let error = map.append("x-128", "v").unwrap_err();
    assert_eq!(error.to_string(), "too many headers: `x-128` exceeds the limit of 128");
    assert!(map.insert("x-128", "v").is_err());
    assert!(map.entry("x-128").unwrap().or_insert("v").is_err());
    assert!(map.try_extend([("x-128", "v")]).is_err());
    assert_unchanged(&map, &before);
    assert_eq!(map.insert("x-127", "w").unwrap(), 1);
    assert_eq!(map.remove("x-0"), 1);
    map.append("x-128", "v").unwrap();
}

#[test]
fn default_number_of_bytes() {
    let mut map = HeaderMap::new();
    map.append("n", vec![b'v'; 16 * 1024 - 5]).unwrap();
    assert_eq!(map.byte_len(), 16 * 1024);
    let before = map.clone();
    let result = map.append("n", "");
    assert!(matches!(result, Err(Error::TooManyBytes { bytes: 16_389, limit: 16_384, .. })));
    assert!(map.insert("n", vec![b'v'; 16 * 1024 - 4]).is_err());
    assert_unchanged(&map, &before);
    map.insert("n", vec![b'w'; 16 * 1024 - 5]).unwrap();
}

#[test]
fn replaced_lines_do_not_count() {
    let mut map = HeaderMap::new().with_limits(Limits::new(3, 30));
    for value in ["aaaa", "bbbb", "cccc"] {
        map.append("n", value).unwrap();
    }
    // 27 bytes are there; 25 instead of them fit, 31 do not.
    assert!(map.insert("n", "x".repeat(26)).is_err());
    assert_eq!(map.get_all("n").count(), 3);
    assert_eq!(map.insert("n", "x".repeat(25)).unwrap(), 3);
    assert_eq!(map.byte_len(), 30);
}

#[test]
fn extension_that_fails_half_way() {
    let mut map = HeaderMap::new().with_limits(Limits::new(4, 1_000));
    map.append("a", "1").unwrap();
    let before = map.clone();
    let lines = [("b", "2"), ("c", "3"), ("d", "4"), ("e", "5")];
    assert!(matches!(map.try_extend(lines), Err(Error::TooManyHeaders { limit: 4, .. })));
    assert_unchanged(&map, &before);
    assert!(!map.contains_key("b"));
    assert!(map.try_extend([("b", "2"), ("c", "\n")]).is_err());
    assert_unchanged(&map, &before);
    map.try_extend(lines.iter().take(3).copied()).unwrap();
    assert_eq!(map.len(), 4);
}

#[test]
fn limits_of_nothing() {
    let mut map = HeaderMap::new().with_limits(Limits::new(0, 0));
    assert!(map.append("a", "1").is_err());
    let mut map = HeaderMap::new().with_limits(Limits::new(1, 4));
    assert!(map.append("a", "").is_err(), "five bytes");
}

#[test]
fn limits_of_one() {
    let mut map = HeaderMap::new().with_limits(Limits::new(1, 5));
    assert!(map.append("a", "1").is_err(), "six bytes");
    assert!(map.try_extend([("a", ""), ("b", "")]).is_err(), "two headers");
    assert!(map.is_empty());
    map.append("a", "").unwrap();
    assert!(map.append("b", "").is_err());
    assert_eq!(map.insert("a", "").unwrap(), 1);
    assert!(map.insert("a", "1").is_err());
    assert_eq!(map.as_wire(), Some(&b"a: \r\n"[..]));
}

#[test]
fn limits_beyond_what_offsets_reach() {
    for limit in [u32::MAX as usize, usize::MAX] {
        let mut map = HeaderMap::new().with_limits(Limits::new(limit, limit));
        assert_eq!(map.limits(), Limits::new(1 << 16, 1 << 30));
        map.append("a", "1").unwrap();
        assert_eq!(map.len(), 1);
    }
    let below = Limits::new((1 << 16) - 1, (1 << 30) - 1);
    assert_eq!(HeaderMap::new().with_limits(below).limits(), below);
}

#[test]
fn limits_below_what_is_there() {
    let mut map = HeaderMap::new();
    map.try_extend([("a", "1"), ("b", "2"), ("c", "3")]).unwrap();
    let mut map = map.with_limits(Limits::new(2, 10));
    assert!(matches!(map.append("d", "4"), Err(Error::TooManyHeaders { limit: 2, .. })));
    assert!(map.insert("a", "1").is_err(), "eighteen bytes are too many too");
    assert_eq!(map.try_extend([("", ""); 0]), Ok(()));
    #[cfg(feature = "httparse")]
    assert_eq!(map.extend_from_httparse(b"\r\n", &[]), Ok(()));
    assert_eq!((map.len(), map.byte_len()), (3, 18));
    assert_eq!(map.remove("a") + map.remove("b"), 2);
    map.append("d", "").unwrap_err();
    map.insert("c", "").unwrap();
    map.append("d", "").unwrap();
}

#[test]
fn many_headers_where_they_are_allowed() {
    let mut map = HeaderMap::new().with_limits(Limits::new(70_000, 1 << 24));
    for n in 0..65_536 {
        map.append(format!("x-{n}"), "v").unwrap();
    }
    assert!(matches!(map.append("y", "v"), Err(Error::TooManyHeaders { limit: 65_536, .. })));
    assert_eq!(map.get("x-65535").unwrap(), "v");
}

#[test]
fn capacity_that_no_allocator_has() {
    assert!(matches!(HeaderMap::try_with_capacity(usize::MAX, 1), Err(Error::OutOfMemory { .. })));
    assert!(matches!(HeaderMap::try_with_capacity(1, usize::MAX), Err(Error::OutOfMemory { .. })));
    // More than 32-bit offsets reach.
    let most = u32::MAX as usize;
    assert!(matches!(HeaderMap::try_with_capacity(0, most), Err(Error::OutOfMemory { .. })));
    assert!(matches!(
        HeaderMap::try_with_capacity(most / 17 + 1, 0),
        Err(Error::OutOfMemory { .. })
    ));
    let mut map = HeaderMap::new();
    map.append("a", "1").unwrap();
    assert!(map.reserve(usize::MAX, 0).is_err());
    assert!(map.reserve(0, usize::MAX).is_err());
    assert!(map.reserve(usize::MAX - 1, usize::MAX - 8).is_err());
    assert_eq!(map.get("a").unwrap(), "1");
}

#[test]
fn names_in_errors_are_cut_and_escaped() {
    let mut map = HeaderMap::new();
    let error = map.append("evil\r\nname", "v").unwrap_err();
    let text = "invalid header name `evil\\r\\nname`: missing or disallowed byte at offset 4; letters, digits and \
                !#$%&'*+-.^_`|~ are allowed";
    assert_eq!(error.to_string(), text);
    assert_eq!(format!("{error:?}"), r#"InvalidName { name: "evil\r\nname", at: 4 }"#);
    let error = map.append("n".repeat(70_000), "v").unwrap_err();
    let Error::NameTooLong { name, .. } = error else { panic!("{error}") };
    assert_eq!(name.to_string(), "n".repeat(48) + "…");
    assert_eq!(name.as_bytes(), [b'n'; 48]);
    assert!(error.to_string().len() < 200);
    let error = map.append("n", "pass\nword").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("pass"), "no part of a value");
}
