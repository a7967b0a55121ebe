use super::*;

/// Looks at one byte after the other.
#[derive(Clone, Copy)]
struct ByteByByte;

impl Finder for ByteByByte {
    fn find(self, input: &[u8], at: usize, byte: u8, _: usize) -> Option<usize> {
        input.get(at..)?.iter().position(|other| *other == byte).map(|n| at + n)
    }

    fn find_unusual(self, input: &[u8], at: usize) -> Option<usize> {
        let is_unusual = |byte: &u8| !(b' '..=b'~').contains(byte);
        input.get(at..)?.iter().position(is_unusual).map(|n| at + n)
    }
}

/// What a parse returns and what it leaves in the map.
fn outcome<M: Message>(finder: impl Finder, input: &[u8]) -> (String, Vec<u8>, Progress)
where
    for<'a> M::Head<'a>: core::fmt::Debug,
{
    let (mut map, mut progress) = (HeaderMap::new(), Progress::new());
    let result = parse_with::<M>(finder, &mut map, input, &mut progress);
    (format!("{result:?}"), map.as_wire().expect("no gaps").to_vec(), progress)
}

fn check<M: Message>(input: &[u8])
where
    for<'a> M::Head<'a>: core::fmt::Debug,
{
    let expected = outcome::<M>(ByteByByte, input);
    assert_eq!(outcome::<M>(Lanes, input), expected);
    #[cfg(target_arch = "x86_64")]
    if let Some(avx2) = super::super::finder::Avx2::detect() {
        assert_eq!(outcome::<M>(avx2, input), expected);
    }
}

fn check_all(input: &[u8]) {
    check::<Request>(input);
    check::<Response>(input);
    check::<Block>(input);
}

const HEADS: [&[u8]; 4] = [
    b"GET /search?q=1 HTTP/1.1\r\nHost: example.com\r\nX-Custom-Name-Of-More-Than-Thirty-Two-Bytes: 1\r\nAccept:*/*\r\nX-Empty: \r\n\r\nbody",
    b"HTTP/1.1 200 OK\r\nServer: a\r\nX-Text: \xc3\xa4 and a\ttab \r\nContent-Length: 0\r\n\r\n",
    b"a: 1\r\nb:2\r\nc:  3  \r\nd:\t4\r\n\r\n",
    b"\r\nPOST * HTTP/1.0\r\nhost : a\r\n b: c\r\n\r\n",
];

#[test]
fn every_finder_gives_the_same_result_for_every_changed_byte() {
    for head in HEADS {
        for at in 0..head.len() {
            check_all(&head[..at]);
            for byte in [b'\r', b'\n', b' ', b'\t', b':', 0, 0x7f, 0x80, b'a', b','] {
                let mut input = head.to_vec();
                input[at] = byte;
                check_all(&input);
                input.insert(at, byte);
                check_all(&input);
            }
        }
    }
}

#[test]
fn every_finder_gives_the_same_result_at_every_length() {
    for len in 0..150 {
        for head in [
            format!("{}: v\r\n\r\n", "n".repeat(len)),
            format!("n: {}\r\n\r\n", "v".repeat(len)),
            format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "p".repeat(len)),
        ] {
            check_all(head.as_bytes());
        }
    }
}
