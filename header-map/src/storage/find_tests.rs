//! The scan of tags: rule 1, seen from inside.

use super::Storage;

/// The tag of the line that is pushed as the `n`-th: few, so that they meet again, and such as occur
/// as bytes of entries too.
fn tag_of(n: usize) -> u8 {
    [1, 16, 200, 16, 2, 1, 255, 17, 3, 32][n * 7 % 10]
}

/// Storages of every length up to some groups: never used for more, or full of stale lines.
fn storages() -> impl Iterator<Item = Storage> {
    (0..=70).flat_map(|len| {
        [0, 80].map(|stale| {
            let mut storage = Storage::new();
            for n in 0..stale {
                storage.make_room(1, 20).unwrap();
                storage.push(tag_of(n + 1), b"stale", b"value", false);
            }
            storage.clear();
            for n in 0..len {
                storage.make_room(1, 10).unwrap();
                storage.push(tag_of(n), b"n", b"value", false);
            }
            storage
        })
    })
}

#[test]
fn lines_with_a_tag() {
    for storage in storages() {
        let len = storage.len();
        for tag in 1..=u8::MAX {
            let lines: Vec<_> = (0..len).filter(|n| tag_of(*n) == tag).collect();
            assert_eq!(storage.first(tag), lines.first().copied(), "{tag} of {len}");
            for which in 0..=lines.len() {
                let seen = core::cell::RefCell::new(Vec::new());
                let found = storage.first_where(tag, |at| {
                    seen.borrow_mut().push(at);
                    seen.borrow().len() > which
                });
                assert_eq!(found, lines.get(which).copied(), "{tag} of {len}");
                assert_eq!(*seen.borrow(), lines[..lines.len().min(which + 1)]);
            }
            for start in (0..=len).step_by(5).chain([len]) {
                for end in (start..=len).step_by(7).chain([len]) {
                    let mut within = lines.iter().copied().filter(|n| (start..end).contains(n));
                    let (first, last) = (within.clone().next(), within.next_back());
                    assert_eq!(storage.find_tag(tag, start..end), first, "{tag} in {start}..{end}");
                    assert_eq!(storage.rfind_tag(tag, start..end), last, "{tag} in {start}..{end}");
                }
            }
        }
    }
}

#[test]
fn storage_without_slots_or_memory() {
    let mut storage = Storage::new();
    assert_eq!(
        (storage.first(1), storage.find_tag(1, 0..0), storage.rfind_tag(1, 0..0)),
        (None, None, None)
    );
    // Rows of lines only: what lies in them is no tag.
    storage.resize(0, 100).unwrap();
    assert_eq!((storage.slots(), storage.first(0)), (0, None));
}
