//! Serialising.

use ratoon_header_map::{HeaderMap, Sensitive};

#[test]
fn wire_of_an_empty_map() {
    assert_eq!(HeaderMap::new().as_wire(), Some(&b""[..]));
}

#[test]
fn wire_of_appended_lines() {
    let mut map = HeaderMap::new();
    map.append("A", "").unwrap();
    map.append("B", "\tx ").unwrap();
    assert_eq!(map.as_wire(), Some(&b"A: \r\nB: \tx \r\n"[..]));
    assert_eq!(map.byte_len(), 13);
}

#[test]
fn lower_case_names() {
    let mut map = HeaderMap::new();
    map.append("Content-Type", "Text/HTML").unwrap();
    map.append("X-Gone", "A").unwrap();
    map.append("X_CUSTOM-09^Z", Sensitive("SECRET")).unwrap();
    map.append("x-custom", "").unwrap();
    map.remove("x-gone");
    let before = map.clone();
    assert_eq!(map.as_wire(), None, "a gap");
    map.make_names_lowercase();
    assert_eq!(map, before);
    let names = ["content-type", "x_custom-09^z", "x-custom"];
    assert!(map.iter().map(|(name, _)| name.as_str()).eq(names));
    assert!(map.values().eq(["Text/HTML", "SECRET", ""]));
    assert!(map.get("X_Custom-09^z").unwrap().is_sensitive());
    assert_eq!(map.get("Content-TYPE").unwrap(), "Text/HTML");
    let mut out = Vec::new();
    map.write_to_vec(&mut out);
    assert_eq!(out, b"content-type: Text/HTML\r\nx_custom-09^z: SECRET\r\nx-custom: \r\n");

    map.clear();
    map.make_names_lowercase();
    map.append("Host", "a").unwrap();
    assert_eq!(map.as_wire(), Some(&b"Host: a\r\n"[..]), "it changes only what is there");
}

#[cfg(feature = "bytes")]
mod buffers {
    use ratoon_header_map::{Error, HeaderMap};

    fn gapped() -> HeaderMap {
        let mut map = HeaderMap::new();
        for name in ["a", "b", "c", "d"] {
            map.append(name, "value").unwrap();
        }
        map.remove("b");
        assert_eq!(map.as_wire(), None);
        map
    }

    #[test]
    fn buffers_that_grow() {
        let expected = b"a: value\r\nc: value\r\nd: value\r\n";
        let mut vec = b"HTTP/1.1 200 OK\r\n".to_vec();
        gapped().write_to(&mut vec).unwrap();
        assert_eq!(vec, [&b"HTTP/1.1 200 OK\r\n"[..], expected].concat());
        let mut bytes = bytes::BytesMut::new();
        gapped().write_to(&mut bytes).unwrap();
        assert_eq!(bytes, expected[..]);
    }

    #[test]
    fn buffers_without_room() {
        let map = gapped();
        let mut array = [0; 30];
        map.write_to(&mut &mut array[..]).unwrap();
        assert_eq!(&array, b"a: value\r\nc: value\r\nd: value\r\n");
        let mut array = [0; 29];
        let result = map.write_to(&mut &mut array[..]);
        assert_eq!(result, Err(Error::BufferFull { needed: 30, available: 29 }));
        assert_eq!(array, [0; 29], "nothing is written");
    }

    #[test]
    fn values_of_bytes() {
        let mut map = HeaderMap::new();
        map.append("a", bytes::Bytes::from_static(b"1")).unwrap();
        map.append("b", bytes::BytesMut::from("2")).unwrap();
        assert!(map.values().eq(["1", "2"]));
    }
}
