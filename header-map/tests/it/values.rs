//! What can be read from a value.

use ratoon_header_map::{AsHeaderValue, HeaderMap};

fn with(value: &[u8], check: impl FnOnce(ratoon_header_map::Value<'_>)) {
    let mut map = HeaderMap::new();
    map.append("n", value).unwrap();
    check(map.get("n").unwrap());
}

#[test]
fn numbers() {
    for (text, number) in [
        ("0", Some(0)),
        ("42", Some(42)),
        ("0042", Some(42)),
        ("18446744073709551615", Some(u64::MAX)),
        ("18446744073709551616", None),
        ("+5", None),
        ("-5", None),
        (" 5", None),
        ("5 ", None),
        ("5\t", None),
        ("", None),
        ("5,5", None),
        ("5.0", None),
        ("0x10", None),
        ("1_000", None),
        ("\u{665}", None),
    ] {
        with(text.as_bytes(), |value| assert_eq!(value.parse::<u64>(), number, "{text:?}"));
    }
    with(b"256", |value| {
        assert_eq!(value.parse::<u8>(), None);
        assert_eq!(value.parse::<u16>(), Some(256));
        assert_eq!(value.parse::<u128>(), Some(256));
        assert_eq!(value.parse::<usize>(), Some(256));
    });
}

#[test]
fn text() {
    with("gr\u{fc}n".as_bytes(), |value| assert_eq!(value.to_str(), Ok("gr\u{fc}n")));
    with(b"\xff", |value| {
        assert!(value.to_str().is_err());
        assert_eq!((value.len(), value.is_empty()), (1, false));
        assert_eq!(format!("{value:?}"), r#""\xff""#);
    });
    with(b"", |value| assert_eq!((value.to_str(), value.is_empty()), (Ok(""), true)));
}

#[test]
fn bytes_through_as_ref() {
    with(b"v", |value| assert_eq!(value.as_ref(), b"v"));
}

#[test]
fn everything_that_is_a_value() {
    let mut map = HeaderMap::new();
    let owned = String::from("1");
    map.append("n", "1").unwrap();
    map.append("n", &owned).unwrap();
    map.append("n", owned.clone()).unwrap();
    map.append("n", b"1").unwrap();
    map.append("n", &b"1"[..]).unwrap();
    map.append("n", vec![b'1']).unwrap();
    map.append("n", std::borrow::Cow::Borrowed("1")).unwrap();
    map.append(String::from("n"), "1").unwrap();
    assert!(map.get_all("n").all(|value| value == "1"));
    assert_eq!(map.len(), 8);
}

#[test]
fn integers_in_decimal() {
    let mut map = HeaderMap::new();
    map.append("n", 0_u16).unwrap();
    map.append("n", 65_535_u16).unwrap();
    map.append("n", u32::MAX).unwrap();
    map.append("n", u64::MAX).unwrap();
    map.append("n", 7_usize).unwrap();
    map.append("n", i16::MIN).unwrap();
    map.append("n", -5).unwrap();
    map.append("n", i64::MIN).unwrap();
    map.append("n", -1_isize).unwrap();
    let expected = [
        "0",
        "65535",
        "4294967295",
        "18446744073709551615",
        "7",
        "-32768",
        "-5",
        "-9223372036854775808",
        "-1",
    ];
    assert!(map.get_all("n").eq(expected));
    assert_eq!(map.insert("n", 10_u32).unwrap(), 9);
    assert_eq!(map.get("n").unwrap().parse(), Some(10_u32));
    map.insert("n", ratoon_header_map::Sensitive(4_711)).unwrap();
    assert!(map.get("n").unwrap() == "4711" && map.get("n").unwrap().is_sensitive());
}

/// That an integer is written as `to_string` writes it.
#[track_caller]
fn assert_decimal(map: &mut HeaderMap, number: impl AsHeaderValue + ToString) {
    map.insert("n", &number).unwrap();
    assert_eq!(map.get("n").unwrap(), number.to_string().as_str());
}

#[test]
fn every_integer_of_sixteen_bits() {
    let mut map = HeaderMap::new();
    for number in 0..=u16::MAX {
        assert_decimal(&mut map, number);
        assert_decimal(&mut map, number as i16);
    }
}

#[test]
fn wide_integers_around_powers_of_ten_and_two() {
    let mut map = HeaderMap::new();
    let tens = (0..20).map(|exponent| 10_u64.pow(exponent));
    let twos = (0..64).map(|exponent| 1_u64 << exponent);
    for power in tens.chain(twos) {
        for number in [power.wrapping_sub(1), power, power + 1, !power, power.wrapping_neg()] {
            assert_decimal(&mut map, number);
            assert_decimal(&mut map, number as i64);
            assert_decimal(&mut map, (number as i64).wrapping_neg());
            assert_decimal(&mut map, number as usize);
            assert_decimal(&mut map, number as isize);
            assert_decimal(&mut map, number as u32);
            assert_decimal(&mut map, number as i32);
            assert_decimal(&mut map, (number as i32).wrapping_neg());
        }
    }
}
