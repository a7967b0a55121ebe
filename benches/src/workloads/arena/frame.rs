//! A length-prefixed frame: header with the length patched in afterwards, payload, checksum.

use std::hint::black_box;
use std::ops::Deref;

use bytes::{BufMut, BytesMut};
use ratoon_arena::Arena;

use crate::harness::{Kind, Subject};

/// The seed of the idea: a fresh vector, appended to.
pub(super) const FRESH_VEC: &str = "Vec (fresh)";
/// What a careful program does without an arena.
pub(super) const REUSED_VEC: &str = "Vec (reused)";

const MAGIC: u32 = 0x5241_544f;
const HEADER: usize = 12;

/// Frames with `payload` bytes.
pub(super) fn subjects(payload: usize) -> Vec<Subject> {
    let source = Payload::new(payload);
    let fresh = source.clone();
    let presized = source.clone();
    let reused = source.clone();
    let mut vec = Vec::with_capacity(HEADER + payload + 4);
    let with_bytes = source.clone();
    let mut bytes = BytesMut::with_capacity(HEADER + payload + 4);
    let framed = source.clone();
    let mut arena = Arena::with_capacity(HEADER + payload + 4);
    vec![
        Subject::new("ratoon", Kind::Ratoon, move |i| {
            let mut scope = arena.scope();
            let mut frame = scope.frame(HEADER + framed.len() + 4);
            frame.put_u32(MAGIC);
            frame.put_u32(i as u32);
            let length = frame.slot();
            frame.put_slice(black_box(&framed));
            frame.put_u32(sum(i, &framed));
            frame.fill(length, (framed.len() as u32).to_be_bytes());
            let result = check(frame.finish());
            arena.reset();
            result
        }),
        Subject::new(FRESH_VEC, Kind::Malloc, move |i| {
            let mut frame = Vec::new();
            append(&mut frame, i, &fresh);
            check(&frame)
        }),
        Subject::new("Vec (fresh, with capacity)", Kind::Malloc, move |i| {
            let mut frame = Vec::with_capacity(HEADER + presized.len() + 4);
            append(&mut frame, i, &presized);
            check(&frame)
        }),
        Subject::new(REUSED_VEC, Kind::Baseline, move |i| {
            vec.clear();
            append(&mut vec, i, &reused);
            check(&vec)
        }),
        Subject::new("bytes (BytesMut, split and frozen)", Kind::Peer, move |i| {
            bytes.reserve(HEADER + with_bytes.len() + 4);
            append_buf(&mut bytes, i, &with_bytes);
            let len = (bytes.len() - HEADER - 4) as u32;
            bytes[8..HEADER].copy_from_slice(&len.to_be_bytes());
            check(&bytes.split().freeze())
        }),
    ]
}

/// The payload, a good way into its block: where source and target of a copy are as good as whole
/// pages apart, processors take stores to the one for loads from the other, and the chance of an
/// allocator's spacing would decide the comparison.
#[derive(Debug, Clone)]
struct Payload(Vec<u8>);

const LEAD: usize = 1024;

impl Payload {
    fn new(len: usize) -> Payload {
        Payload((0..LEAD + len).map(|at| at as u8).collect())
    }
}

impl Deref for Payload {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        &self.0[LEAD..]
    }
}

fn append(frame: &mut Vec<u8>, i: u64, payload: &[u8]) {
    frame.extend_from_slice(&MAGIC.to_be_bytes());
    frame.extend_from_slice(&(i as u32).to_be_bytes());
    frame.extend_from_slice(&[0; 4]);
    frame.extend_from_slice(black_box(payload));
    frame.extend_from_slice(&sum(i, payload).to_be_bytes());
    let len = (frame.len() - HEADER - 4) as u32;
    frame[8..HEADER].copy_from_slice(&len.to_be_bytes());
}

fn append_buf(frame: &mut impl BufMut, i: u64, payload: &[u8]) {
    frame.put_u32(MAGIC);
    frame.put_u32(i as u32);
    frame.put_u32(0);
    frame.put_slice(black_box(payload));
    frame.put_u32(sum(i, payload));
}

/// A stand-in for a checksum that costs next to nothing: the building is measured, not the summing.
fn sum(i: u64, payload: &[u8]) -> u32 {
    (i as u32) ^ (payload.len() as u32) ^ u32::from(payload[payload.len() / 2])
}

/// What a receiver would look at.
fn check(frame: &[u8]) -> u64 {
    let frame = black_box(frame);
    let word = |at: usize| {
        u64::from(u32::from_be_bytes([frame[at], frame[at + 1], frame[at + 2], frame[at + 3]]))
    };
    word(0) + word(4) * 3 + word(8) * 7 + word(frame.len() - 4) + u64::from(frame[HEADER])
}
