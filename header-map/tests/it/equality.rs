//! Equality of maps, and of names and values with text and bytes.

use ratoon_header_map::{HeaderMap, HeaderName, Sensitive};

fn map(lines: &[(&str, &str)]) -> HeaderMap {
    let mut map = HeaderMap::new();
    map.try_extend(lines.iter().copied()).unwrap();
    map
}

#[test]
fn order_between_names_and_their_case_do_not_count() {
    assert_eq!(
        map(&[("a", "1"), ("b", "2"), ("A", "3")]),
        map(&[("B", "2"), ("A", "1"), ("a", "3")])
    );
}

#[test]
fn order_within_a_name_counts() {
    assert_ne!(map(&[("a", "1"), ("a", "2")]), map(&[("a", "2"), ("a", "1")]));
}

#[test]
fn every_line_counts() {
    let ab = map(&[("a", "1"), ("b", "2")]);
    assert_ne!(ab, map(&[("a", "1")]));
    assert_ne!(map(&[("a", "1")]), ab);
    assert_ne!(ab, map(&[("a", "1"), ("c", "2")]));
    assert_ne!(ab, map(&[("a", "1"), ("b", "3")]));
    assert_ne!(map(&[("a", "1"), ("a", "1")]), map(&[("a", "1"), ("b", "1")]));
    assert_ne!(map(&[("a", "A")]), map(&[("a", "a")]), "case of values");
}

#[test]
fn memory_limits_and_sensitivity_do_not_count() {
    let mut other = HeaderMap::with_capacity(100, 1).with_erasure();
    other.append("gone", "x").unwrap();
    other.append("a", Sensitive("1")).unwrap();
    other.remove("gone");
    assert_eq!(other, map(&[("a", "1")]));
    assert_eq!(other.clone(), other);
}

/// Compares with text and bytes in all forms, on both sides.
macro_rules! assert_equals {
    ($this:expr, $text:literal, $bytes:literal, $expected:expr) => {{
        let this = $this;
        let (string, vec) = (String::from($text), Vec::from($bytes));
        let [slice, text] = [&$bytes[..], $text.as_bytes()];
        let left = [
            this == *$text,
            this == $text,
            this == string,
            this == &string,
            this == *slice,
            this == text,
            this == vec,
            this == &vec,
            this == *$bytes,
            this == $bytes,
        ];
        let right = [
            *$text == this,
            $text == this,
            string == this,
            &string == this,
            *slice == this,
            text == this,
            vec == this,
            &vec == this,
            *$bytes == this,
            $bytes == this,
        ];
        assert_eq!((left, right), ([$expected; 10], [$expected; 10]));
    }};
}

#[test]
fn names_and_values_compare_with_text_and_bytes_on_either_side() {
    let map = map(&[("X-Name", "Value")]);
    let (name, value) = map.iter().next().unwrap();
    assert_equals!(name, "x-nAME", b"x-nAME", true);
    assert_equals!(name, "x-nAMf", b"x-nAMf", false);
    assert_equals!(value, "Value", b"Value", true);
    assert_equals!(value, "value", b"value", false);
    const NAME: HeaderName = HeaderName::from_static("X-Name");
    assert_equals!(NAME, "x-nAME", b"x-nAME", true);
    assert_equals!(NAME, "x-nAM", b"x-nAM", false);
}
