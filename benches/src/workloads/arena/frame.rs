//! A length-prefixed frame: header with the length patched in afterwards, payload, checksum.

use std::hint::black_box;

use bytes::{BufMut, BytesMut};

use crate::harness::{Kind, Subject};

/// The seed of the idea: a fresh vector, appended to.
pub const FRESH_VEC: &str = "Vec (fresh)";
/// What a careful program does without an arena.
pub const REUSED_VEC: &str = "Vec (reused)";

const MAGIC: u32 = 0x5241_544f;
const HEADER: usize = 12;

/// Frames with `payload` bytes.
pub fn subjects(payload: usize) -> Vec<Subject> {
    let source: Vec<u8> = (0..payload).map(|at| at as u8).collect();
    let fresh = source.clone();
    let reused = source.clone();
    let mut vec = Vec::with_capacity(HEADER + payload + 4);
    let with_bytes = source.clone();
    let mut bytes = BytesMut::with_capacity(HEADER + payload + 4);
    vec![
        Subject::new(FRESH_VEC, Kind::Malloc, move |i| {
            let mut frame = Vec::new();
            append(&mut frame, i, &fresh);
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
    let word = |at: usize| u64::from(u32::from_be_bytes([frame[at], frame[at + 1], frame[at + 2], frame[at + 3]]));
    word(0) + word(4) * 3 + word(8) * 7 + word(frame.len() - 4) + u64::from(frame[HEADER])
}
