//! What the tests and the fuzz targets check, and the corpora that both read.

pub(crate) mod block;
pub(crate) mod head;
pub(crate) mod program;
pub(crate) mod strict;

/// The seeds of a fuzz target.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let files = std::fs::read_dir(folder).unwrap();
    files.map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
}

#[test]
fn seeds_of_blocks() {
    let seeds = corpus("blocks");
    assert!(seeds.len() >= 8);
    for seed in seeds {
        block::check(&seed);
    }
}

#[test]
fn seeds_of_heads() {
    let seeds = corpus("heads");
    assert!(seeds.len() >= 8);
    for seed in seeds {
        head::check(&seed);
    }
}

#[test]
fn seeds_of_programs() {
    let seeds = corpus("programs");
    assert!(seeds.len() >= 2);
    for seed in seeds {
        program::check(&seed);
    }
}

proptest::proptest! {
    #[test]
    fn random_programs(bytes in proptest::collection::vec(proptest::arbitrary::any::<u8>(), 0..300)) {
        program::check(&bytes);
    }

    #[test]
    fn random_heads(
        start in "(\r\n|\n){0,2}(GET|POST|OPTIONS|CONNECT|A B) (/|\\*|a:1|http://[a@/]{0,2}|/[!-~]{0,9}) {1,2}HTTP/1\\.[0-2]\r?\n|HTTP/1\\.[01] [0-9]{2,4} ?[ -~]{0,9}\r?\n|",
        lines in proptest::collection::vec(
            ("Host|Content-Length|[!-~]{0,18}|[ -~]{1,4}", "[ \t]?:[ \t]{0,3}|: ", "[ -~\\x80-\\xff\t]{0,40}|[a-z]{1,3}", "\r\n|\r\n|\n|\r|\r\n "),
            0..8,
        ),
        end in "\r\n|\n|",
    ) {
        let mut input = start;
        for (name, colon, value, end) in lines {
            input.extend([name, colon, value, end]);
        }
        input.push_str(&end);
        head::check(input.as_bytes());
    }

    #[test]
    fn mutated_heads(
        seed in proptest::arbitrary::any::<proptest::sample::Index>(),
        changes in proptest::collection::vec(
            (proptest::arbitrary::any::<proptest::sample::Index>(), proptest::arbitrary::any::<u8>()),
            0..6,
        ),
    ) {
        let seeds = corpus("heads");
        let mut input = seed.get(&seeds).clone();
        for (at, byte) in changes {
            let at = at.index(input.len().max(1));
            if let Some(place) = input.get_mut(at) {
                *place = byte;
            }
        }
        head::check(&input);
    }

    #[test]
    fn random_blocks(
        lines in proptest::collection::vec(
            ("[!-~]{0,18}", "[ \t]{0,2}:[ \t]{0,3}|: ", "[ -~\\x80-\\xff\t]{0,40}", "\r\n|\n|\r\n|\r\n "),
            0..8,
        ),
    ) {
        let mut block = String::new();
        for (name, colon, value, end) in lines {
            block.extend([name, colon, value, end]);
        }
        block.push_str("\r\n");
        block::check(block.as_bytes());
    }

    #[test]
    fn mutated_blocks(
        seed in proptest::arbitrary::any::<proptest::sample::Index>(),
        changes in proptest::collection::vec(
            (proptest::arbitrary::any::<proptest::sample::Index>(), proptest::arbitrary::any::<u8>()),
            0..6,
        ),
    ) {
        let seeds = corpus("blocks");
        let mut block = seed.get(&seeds).clone();
        for (at, byte) in changes.iter().filter(|_| !block.is_empty()).cloned().collect::<Vec<_>>() {
            let at = at.index(block.len());
            block[at] = byte;
        }
        block::check(&block);
    }
}
