//! Lists, values that are formatted, and what concerns one hop only.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ratoon_header_map::{Error, HeaderMap, Limits, Sensitive, Separator, header};

fn elements(values: &[&str]) -> Vec<String> {
    let mut map = HeaderMap::new();
    values.iter().for_each(|value| map.append("vary", *value).unwrap());
    map.get_list("Vary").map(|element| element.to_str().unwrap().to_owned()).collect()
}

#[test]
fn elements_of_a_list() {
    assert_eq!(elements(&[]), [""; 0]);
    assert_eq!(elements(&["", " \t", ",, ,"]), [""; 0]);
    assert_eq!(elements(&["a,b ,\tc", "d"]), ["a", "b", "c", "d"]);
    assert_eq!(elements(&[r#""a,b", "c\",d" , e"#]), [r#""a,b""#, r#""c\",d""#, "e"]);
    assert_eq!(elements(&[r#"a, "b, c"#, "d"]), ["a", r#""b, c"#, "d"], "open until the line ends");
    assert_eq!(elements(&[r"a\,b"]), [r"a\", "b"], "escapes count in quotes only");
}

#[test]
fn elements_of_a_sensitive_line() {
    let mut map = HeaderMap::new();
    map.append("x", "a").unwrap();
    map.append("x", Sensitive("b, c")).unwrap();
    let are_sensitive: Vec<_> = map.get_list("x").map(|value| value.is_sensitive()).collect();
    assert_eq!(are_sensitive, [false, true, true]);
    assert!(!format!("{:?}", map.get_list("x").skip(1)).contains("b, c"));
}

#[test]
fn token_of_a_list() {
    let mut map = HeaderMap::new();
    map.append("connection", "keep-alive , UPGRADE").unwrap();
    assert!(map.contains_token(header::CONNECTION, "Upgrade"));
    assert!(!map.contains_token(header::CONNECTION, "upgrad"));
    assert!(!map.contains_token(header::CONNECTION, ""));
}

#[test]
fn element_that_is_added() {
    let mut map = HeaderMap::new();
    map.append_to_list("Via", "1.1 a").unwrap();
    map.append("x", "y").unwrap();
    map.append_to_list("via", "1.1 b").unwrap();
    assert_eq!(map.as_wire(), Some(&b"Via: 1.1 a, 1.1 b\r\nx: y\r\n"[..]));
    map.append("VIA", "").unwrap();
    map.append_to_list("via", Sensitive("1.1 \"c,\"")).unwrap();
    assert!(map.get_all("via").eq(["1.1 a, 1.1 b", "1.1 \"c,\""]));
    assert!(map.get_all("via").next_back().unwrap().is_sensitive());
    map.append_to_list("via", "d").unwrap();
    assert!(map.get_all("via").next_back().unwrap().is_sensitive(), "it stays");
    map.append("open", "\"a").unwrap();
    map.append_to_list("open", "b").unwrap();
    assert!(map.get_all("open").eq(["\"a", "b"]));
}

#[test]
fn element_that_is_refused_changes_nothing() {
    let mut map = HeaderMap::new().with_limits(Limits::new(8, 40));
    map.append("vary", "accept").unwrap();
    let before = map.as_wire().unwrap().to_vec();
    for element in ["", " ", " a", "a ", "a,b", "a,", ",a", "\"a", "a\tb,\"c\""] {
        let result = map.append_to_list("vary", element);
        assert!(matches!(result, Err(Error::InvalidElement { .. })), "{element:?}");
    }
    assert!(matches!(map.append_to_list("vary", "a\nb"), Err(Error::InvalidValue { at: 1, .. })));
    assert!(matches!(map.append_to_list("a b", "c"), Err(Error::InvalidName { .. })));
    let long = "x".repeat(30);
    assert!(matches!(map.append_to_list("vary", long), Err(Error::TooManyBytes { bytes: 46, .. })));
    for name in ["Set-Cookie", "cookie", "Content-Length", "host", "transfer-encoding"] {
        assert!(matches!(map.append_to_list(name, "a"), Err(Error::NotAList { .. })), "{name}");
    }
    assert_eq!(map.as_wire(), Some(&before[..]));
}

#[test]
fn hop_by_hop_lines() {
    let mut map = HeaderMap::new();
    for name in [
        "Host",
        "Connection",
        "Keep-Alive",
        "Proxy-Authenticate",
        "Proxy-Authentication-Info",
        "Proxy-Authorization",
        "Proxy-Connection",
        "TE",
        "Trailer",
        "Upgrade",
        "Transfer-Encoding",
        "Date",
    ] {
        map.append(name, "x").unwrap();
    }
    assert_eq!(map.remove_hop_by_hop(), 9);
    let names: Vec<_> = map.keys().map(|name| name.to_string()).collect();
    assert_eq!(names, ["Host", "Transfer-Encoding", "Date"]);
    assert_eq!(map.remove_hop_by_hop(), 0);
}

#[test]
fn lines_that_are_nominated() {
    let mut map = HeaderMap::new();
    map.append("connection", "X-Hop,, \tx-other ,absent, \"x-quoted, Date\"").unwrap();
    let kept = [
        "Authorization",
        "Cache-Control",
        "CF-Connecting-IP",
        "Client-Cert",
        "client-cert-chain",
        "Content-Length",
        "Cookie",
        "Forwarded",
        "Host",
        "Transfer-Encoding",
        "True-Client-IP",
        "Via",
        "X-Forwarded-For",
        "x-forwarded-own",
        "X-Real-IP",
    ];
    map.append("Connection", kept.join(",")).unwrap();
    kept.iter().for_each(|name| map.append(*name, "1").unwrap());
    for name in ["x-hop", "X-OTHER", "x-hop", "date", "x-hop2"] {
        map.append(name, "2").unwrap();
    }
    assert_eq!(map.remove_hop_by_hop(), 2 + 3, "a quote is no token");
    let names: Vec<_> = map.keys().map(|name| name.to_string()).collect();
    assert_eq!(names, [&kept[..], &["date", "x-hop2"]].concat());
}

#[test]
fn formatted_value() {
    let mut map = HeaderMap::new();
    map.append("x", Sensitive("old")).unwrap();
    map.append("between", "1").unwrap();
    map.append("x", "older").unwrap();
    assert_eq!(map.insert_fmt("X", format_args!("{}-{:02}", "new", 7)).unwrap(), 2);
    assert!(map.get("x").unwrap().is_sensitive());
    map.append_fmt("y", format_args!("")).unwrap();
    assert_eq!(map.insert_fmt("z", format_args!("{}", 'c')).unwrap(), 0);
    map.compact();
    assert_eq!(map.as_wire(), Some(&b"x: new-07\r\nbetween: 1\r\ny: \r\nz: c\r\n"[..]));
}

#[test]
fn formatted_value_in_a_full_map() {
    let text = std::hint::black_box("22222222");
    for left in 0..32 {
        let mut map = HeaderMap::with_capacity(16, 64);
        map.append("a", "1").unwrap();
        map.append("b", vec![b'v'; 64 - 6 - 5 - left]).unwrap();
        let before = map.get("b").unwrap().len();
        assert_eq!(map.insert_fmt("a", format_args!("{text}")).unwrap(), 1);
        assert_eq!((map.get("a").unwrap().len(), map.get("b").unwrap().len()), (8, before));
    }
}

/// Writes some of a secret, and then does what it is made for.
struct Fatal(fn() -> fmt::Result);

impl fmt::Display for Fatal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("hunter2 ")?;
        (self.0)()
    }
}

#[test]
fn display_that_fails_or_panics_changes_nothing() {
    let mut map = HeaderMap::new().with_erasure();
    map.append("x", "1").unwrap();
    map.append("y", "2").unwrap();
    let before = map.as_wire().unwrap().to_vec();
    for name in ["x", "new"] {
        let failing = Fatal(|| Err(fmt::Error));
        let result = map.append_fmt(name, format_args!("{failing}"));
        assert!(matches!(result, Err(Error::Format { .. })));
        assert!(matches!(
            map.insert_fmt(name, format_args!("{failing}")),
            Err(Error::Format { .. })
        ));
        let fatal = Fatal(|| panic!("fatal"));
        for insert in [false, true] {
            let result = catch_unwind(AssertUnwindSafe(|| {
                if insert {
                    map.insert_fmt(name, format_args!("{fatal}")).map(|_| ())
                } else {
                    map.append_fmt(name, format_args!("{fatal}"))
                }
            }));
            assert!(result.is_err());
        }
        let evil = map.append_fmt(name, format_args!("{}\r\n", std::hint::black_box("abc")));
        assert!(matches!(evil, Err(Error::InvalidValue { at: 3, .. })), "{evil:?}");
        assert_eq!(map.as_wire(), Some(&before[..]));
    }
}

#[test]
fn display_that_goes_on_after_an_error() {
    struct Stubborn;
    impl fmt::Display for Stubborn {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let _ignored = f.write_str("a\n");
            let _ignored = f.write_str("b");
            Ok(())
        }
    }
    let mut map = HeaderMap::new();
    assert!(map.append_fmt("x", format_args!("{Stubborn}")).is_err());
    assert!(map.is_empty());
}

#[test]
fn formatted_value_beyond_a_limit() {
    let mut map = HeaderMap::new().with_limits(Limits::new(1, 10));
    assert!(map.append_fmt("a", format_args!("{:>6}", 1)).is_err());
    map.append_fmt("a", format_args!("{:>5}", 1)).unwrap();
    assert!(matches!(map.append_fmt("b", format_args!("")), Err(Error::TooManyHeaders { .. })));
    assert_eq!(map.insert_fmt("a", format_args!("{:>5}", 2)).unwrap(), 1, "in a full map");
    assert!(map.insert_fmt("a", format_args!("{:>6}", 3)).is_err());
    assert_eq!(map.get("a").unwrap(), "    2");
}

#[test]
fn only_line_that_is_removed() {
    let mut map = HeaderMap::new();
    map.try_extend([("a", "1"), ("b", "2"), ("b", "3")]).unwrap();
    assert_eq!((map.remove_one("A"), map.remove_one("a")), (Ok(true), Ok(false)));
    assert!(matches!(map.remove_one("b"), Err(Error::SeveralValues { count: 2, .. })));
    assert_eq!(map.len(), 2);
}

#[test]
fn values_of_other_types() {
    let mut map = HeaderMap::new();
    let long = "::ffff:255.255.255.255".parse::<std::net::Ipv6Addr>().unwrap();
    let longest = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff".parse::<std::net::IpAddr>().unwrap();
    map.append("a", long).unwrap();
    map.append("a", longest).unwrap();
    map.append("a", std::net::Ipv4Addr::LOCALHOST).unwrap();
    map.append("a", true).unwrap();
    map.append("a", false).unwrap();
    map.append("a", header::VIA).unwrap();
    let expected = [&*long.to_string(), &longest.to_string(), "127.0.0.1", "true", "false", "via"];
    assert!(map.get_all("a").eq(expected));
}

#[test]
fn comparisons_on_either_side() {
    let mut map = HeaderMap::new();
    map.append("a", "1").unwrap();
    let value = map.get("a").unwrap();
    let (one, two) = (String::from("1"), String::from("2"));
    assert!(value == *b"1" && value == b"1" && value == one && value == "1");
    assert!("1" == value && *"1" == value && one == value && b"1"[..] == value);
    assert!(value != *b"2" && value != b"2" && value != two);
    assert!("2" != value && *"2" != value && two != value && b"2"[..] != value);
    assert!(std::collections::HashSet::from([value]).contains(&value));
    for (name, value) in &mut map {
        assert!(name == "A" && value == "1");
    }
    let error = std::io::Error::from(map.append("a b", "").unwrap_err());
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
    assert!(error.to_string().contains("`a b`"));
}

#[test]
fn lines_that_are_joined() {
    for room in 0..80 {
        let mut map = HeaderMap::with_capacity(16, room).with_limits(Limits::new(5, 46));
        map.append("Vary", "").unwrap();
        map.append("x", "1").unwrap();
        map.append("vary", Sensitive("a")).unwrap();
        map.append("y", "2").unwrap();
        map.append("VARY", "b, c").unwrap();
        assert_eq!(map.join_lines("vary", Separator::Comma), Ok(3));
        assert!(map.get("vary").unwrap().is_sensitive() && !map.get("x").unwrap().is_sensitive());
        map.compact();
        assert_eq!(map.as_wire(), Some(&b"Vary: a, b, c\r\nx: 1\r\ny: 2\r\n"[..]));
        assert_eq!(map.join_lines("vary", Separator::Comma), Ok(1));
        assert_eq!(map.join_lines("via", Separator::Comma), Ok(0));
    }
}

#[test]
fn long_lines_that_are_joined() {
    for left in 0..300 {
        let mut map = HeaderMap::with_capacity(16, 100 + left);
        map.try_extend([("a", "1".repeat(45)), ("a", "2".repeat(45))]).unwrap();
        assert_eq!(map.join_lines("a", Separator::Comma), Ok(2));
        assert_eq!(map.get("a").unwrap(), ["1".repeat(45), "2".repeat(45)].join(", "));
    }
}

#[test]
fn lines_that_cannot_be_joined() {
    use Separator::{Comma, CookieCrumbs};
    let mut map = HeaderMap::new();
    for name in ["cookie", "set-cookie", "host", "content-length", "vary"] {
        map.try_extend([(name, "1"), (name, "2")]).unwrap();
    }
    let before = map.as_wire().unwrap().to_vec();
    for (name, separator) in [
        ("Cookie", Comma),
        ("set-cookie", Comma),
        ("host", Comma),
        ("content-length", Comma),
        ("vary", CookieCrumbs),
        ("set-cookie", CookieCrumbs),
    ] {
        let result = map.join_lines(name, separator);
        assert!(matches!(result, Err(Error::NotAList { .. })), "{name}");
    }
    assert_eq!(map.as_wire(), Some(&before[..]));
    assert_eq!(map.join_lines("Cookie", CookieCrumbs), Ok(2));
    assert_eq!(map.get("cookie").unwrap(), "1; 2");
}
