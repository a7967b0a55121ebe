//! Random programs on strings and vectors against those of `std`.

use super::*;

#[derive(Clone, Debug)]
enum Op {
    Text(usize, String),
    Elements(usize, Vec<u32>),
    Push(usize, u32),
    Pop(usize),
    Truncate(usize, usize),
    Reserve(usize, usize),
    Insert(usize, usize, u32),
    Remove(usize, usize),
    InsertText(usize, usize, String),
    RemoveChar(usize, usize),
    Other(usize),
}

fn op() -> impl Strategy<Value = Op> {
    let which = 0_usize..3;
    prop_oneof![
        4 => (which.clone(), "[ -~ä\u{1F331}]{0,60}").prop_map(|(i, text)| Op::Text(i, text)),
        3 => (which.clone(), prop::collection::vec(any::<u32>(), 0..60))
            .prop_map(|(i, elements)| Op::Elements(i, elements)),
        4 => (which.clone(), any::<u32>()).prop_map(|(i, element)| Op::Push(i, element)),
        1 => which.clone().prop_map(Op::Pop),
        1 => (which.clone(), 0_usize..100).prop_map(|(i, len)| Op::Truncate(i, len)),
        1 => (which.clone(), 0_usize..60, any::<u32>()).prop_map(|(i, at, n)| Op::Insert(i, at, n)),
        1 => (which.clone(), 0_usize..60).prop_map(|(i, at)| Op::Remove(i, at)),
        1 => (which.clone(), 0_usize..60, "[ -~ä\u{1F331}]{0,6}")
            .prop_map(|(i, at, text)| Op::InsertText(i, at, text)),
        1 => (which.clone(), 0_usize..60).prop_map(|(i, at)| Op::RemoveChar(i, at)),
        1 => (which, 0_usize..3000).prop_map(|(i, additional)| Op::Reserve(i, additional)),
        2 => (0_usize..600).prop_map(Op::Other),
    ]
}

proptest! {
    /// Three strings and three vectors that grow in turn hold what those of std would, in arenas with
    /// every kind of chunk, and what else was allocated stays as it was. With a limit they hold what
    /// found room.
    #[test]
    fn like_those_of_std(
        first_chunk in 0_usize..3000,
        limit in prop_oneof![2 => Just(usize::MAX), 1 => 0_usize..6000],
        ops in prop::collection::vec(op(), 0..120),
    ) {
        let mut arena = Arena::builder().first_chunk(first_chunk).limit(limit).build();
        let scope = arena.scope();
        let mut texts = [0, 1, 2].map(|_| (scope.string(0), String::new()));
        let mut vecs = [0, 1, 2].map(|_| (scope.vec(0), Vec::new()));
        let mut others = Vec::new();
        for op in ops {
            match op {
                Op::Text(i, text) => {
                    if texts[i].0.try_push_str(&text).is_ok() {
                        texts[i].1.push_str(&text);
                    }
                }
                Op::Elements(i, elements) => {
                    if vecs[i].0.try_extend_from_slice(&elements).is_ok() {
                        vecs[i].1.extend(elements);
                    }
                }
                Op::Push(i, element) => {
                    if vecs[i].0.try_push(element).is_ok() {
                        vecs[i].1.push(element);
                    }
                }
                Op::Pop(i) => prop_assert_eq!(vecs[i].0.pop(), vecs[i].1.pop()),
                Op::Truncate(i, len) => {
                    vecs[i].0.truncate(len);
                    vecs[i].1.truncate(len);
                }
                Op::Reserve(i, additional) => {
                    if vecs[i].0.try_reserve(additional).is_ok() {
                        prop_assert!(vecs[i].0.capacity() - vecs[i].0.len() >= additional);
                    }
                }
                Op::Insert(i, at, element) => {
                    let at = at.min(vecs[i].1.len());
                    if vecs[i].0.try_insert(at, element).is_ok() {
                        vecs[i].1.insert(at, element);
                    }
                }
                Op::Remove(i, at) => {
                    if at < vecs[i].1.len() {
                        prop_assert_eq!(vecs[i].0.remove(at), vecs[i].1.remove(at));
                    }
                }
                Op::InsertText(i, at, text) => {
                    if texts[i].1.is_char_boundary(at)
                        && texts[i].0.try_insert_str(at, &text).is_ok()
                    {
                        texts[i].1.insert_str(at, &text);
                    }
                }
                Op::RemoveChar(i, at) => {
                    if at < texts[i].1.len() && texts[i].1.is_char_boundary(at) {
                        prop_assert_eq!(texts[i].0.remove(at), texts[i].1.remove(at));
                    }
                }
                Op::Other(len) => {
                    if let Ok(block) = scope.try_alloc_slice_fill_with(len, |i| i as u8) {
                        others.push(block);
                    }
                }
            }
            for (ours, theirs) in &texts {
                prop_assert_eq!(ours.as_str(), theirs);
            }
            for (ours, theirs) in &vecs {
                prop_assert_eq!(ours.as_slice(), theirs);
            }
            for block in &others {
                prop_assert!(block.iter().enumerate().all(|(i, &byte)| byte == i as u8));
            }
            prop_assert!(scope.used() <= limit);
        }
        for (ours, theirs) in texts {
            prop_assert_eq!(&*ours.into_str(), &theirs);
        }
        for (ours, theirs) in vecs {
            prop_assert_eq!(ours.into_slice(), &theirs);
        }
    }
}
