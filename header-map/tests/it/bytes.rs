//! Which bytes names and values may hold, at every lane of a vector.

use ratoon_header_map::{Error, HeaderMap};

const TOKEN: &[u8] =
    b"!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Lengths around the widths of vectors and words.
const LENGTHS: [usize; 16] = [1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65];

#[test]
fn all_bytes_of_names() {
    for byte in 0..=u8::MAX {
        for len in LENGTHS {
            for at in [0, len / 2, len - 1] {
                let mut name = vec![b'n'; len];
                name[at] = byte;
                let mut map = HeaderMap::new();
                let result = map.append(&name, "v");
                if TOKEN.contains(&byte) {
                    result.unwrap();
                    assert_eq!(map.get(&name).unwrap(), "v");
                    assert_eq!(map.iter().next().unwrap().0.as_bytes(), name);
                } else {
                    let Err(Error::InvalidName { at: found, .. }) = result else {
                        panic!("{byte:#x} in a name: {result:?}");
                    };
                    assert_eq!(found, at);
                    assert!(map.is_empty() && map.get(&name).is_none());
                }
            }
        }
    }
}

#[test]
fn all_bytes_of_values() {
    for byte in 0..=u8::MAX {
        for len in LENGTHS {
            for at in [0, len / 2, len - 1] {
                let mut value = vec![b'v'; len];
                value[at] = byte;
                let mut map = HeaderMap::new();
                let appended = map.append("n", &value);
                map.insert("m", "before").unwrap();
                let inserted = map.insert("m", &value);
                if byte == b'\t' || (byte >= b' ' && byte != 0x7f) {
                    appended.unwrap();
                    assert_eq!(inserted.unwrap(), 1);
                    assert_eq!(map.get("n").unwrap(), *value);
                    assert_eq!(map.get("m").unwrap(), *value);
                } else {
                    assert!(
                        matches!(appended, Err(Error::InvalidValue { at: found, .. }) if found == at)
                    );
                    assert!(
                        matches!(inserted, Err(Error::InvalidValue { at: found, .. }) if found == at)
                    );
                    assert_eq!(map.as_wire(), Some(&b"m: before\r\n"[..]));
                }
            }
        }
    }
}

#[test]
fn characters_that_differ_in_the_case_bit_only() {
    for (a, b) in [("x^", "x~"), ("x_y", "x\x7fy"), ("x`", "x@"), ("x|", "x\\")] {
        let mut map = HeaderMap::new();
        map.append(a, "v").unwrap();
        assert!(map.contains_key(a));
        assert!(!map.contains_key(b), "{a} is not {b}");
    }
    let mut map = HeaderMap::new();
    map.append("x^", "1").unwrap();
    map.append("x~", "2").unwrap();
    assert_eq!(map.keys_len(), 2);
    assert_eq!(map.get("X~").unwrap(), "2");
}

#[test]
fn lengths_of_names() {
    for len in [1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 255, 256, 65_534, 65_535] {
        let mut map = HeaderMap::new().with_limits(ratoon_header_map::Limits::new(8, 1 << 20));
        let name = "n".repeat(len);
        map.append(&name, "v").unwrap();
        map.append("after", "w").unwrap();
        assert_eq!(map.get(name.to_uppercase()).unwrap(), "v");
        assert!(!map.contains_key("n".repeat(len + 1)));
        assert!(len == 1 || !map.contains_key("n".repeat(len - 1)));
        assert_eq!(map.get("after").unwrap(), "w");
        assert_eq!(map.byte_len(), len + 5 + 10);
    }
}

#[test]
fn names_that_are_empty_or_longer_than_sixteen_bits() {
    let mut map = HeaderMap::new().with_limits(ratoon_header_map::Limits::new(8, 1 << 20));
    assert!(matches!(map.append("", "v"), Err(Error::InvalidName { at: 0, .. })));
    for len in [65_536, 65_537, 131_072] {
        let name = "n".repeat(len);
        let result = map.append(&name, "v");
        assert!(
            matches!(result, Err(Error::NameTooLong { len: l, limit: 65_535, .. }) if l == len)
        );
        assert!(map.insert(&name, "v").is_err());
        assert!(map.entry(&name).is_err());
    }
    assert!(map.is_empty());
}

#[test]
fn pseudo_headers_and_other_names_with_a_colon() {
    let mut map = HeaderMap::new();
    for name in [":path", ":", "a:", "a:b", ":a: b"] {
        assert!(matches!(map.append(name, "v"), Err(Error::InvalidName { .. })), "{name}");
        assert!(map.insert(name, "v").is_err() && map.entry(name).is_err());
        assert!(map.get(name).is_none() && map.remove(name) == 0);
    }
    assert!(map.is_empty());
}

#[test]
fn blanks_at_the_ends_of_a_value_are_kept() {
    for value in [" ", "\t", " v", "v ", "\tv\t", "  v  w  "] {
        let mut map = HeaderMap::new();
        map.append("n", value).unwrap();
        assert_eq!(map.get("n").unwrap(), value);
        assert_eq!(map.as_wire().unwrap(), [b"n: ", value.as_bytes(), b"\r\n"].concat());
    }
}
