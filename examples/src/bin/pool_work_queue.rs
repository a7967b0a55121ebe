//! One thread gets, another drops: a reader fills pooled messages, a writer consumes them.
//!
//! This is the case in which `malloc` is dear, because memory is freed on another thread than the
//! one that asked for it. Messages travel back through the pool's depot, a block at a time, and
//! their number stays bounded however long the program runs.

use std::sync::mpsc;
use std::thread;

use ratoon_pool::{Pool, Pooled, Reset};

#[derive(Default, Reset)]
struct Message {
    sequence: u64,
    payload: Vec<u8>,
}

static MESSAGES: Pool<Message> = Pool::new(Message::default);

const SENT: u64 = 100_000;
const IN_FLIGHT: usize = 64;

fn main() {
    let (sender, receiver) = mpsc::sync_channel::<Pooled<'static, Message>>(IN_FLIGHT);

    let writer = thread::spawn(move || {
        let mut bytes = 0;
        for (expected, message) in (0..).zip(receiver) {
            assert_eq!(message.sequence, expected);
            assert!(message.payload.iter().all(|&byte| byte == expected as u8));
            bytes += message.payload.len();
        } // each message is reset and put back here, on this thread
        bytes
    });

    let mut expected_bytes = 0;
    for sequence in 0..SENT {
        let mut message = MESSAGES.get();
        assert!(message.payload.is_empty(), "the last request's bytes are gone");
        message.sequence = sequence;
        let length = 1 + sequence as usize % 200;
        message.payload.resize(length, sequence as u8);
        expected_bytes += length;
        sender.send(message).expect("the writer lives");
    }
    drop(sender);
    assert_eq!(writer.join().expect("the writer ends well"), expected_bytes);

    let stats = MESSAGES.stats();
    println!("{SENT} messages: {stats:?}");
    assert!(stats.created < 1_000, "bounded by what is in flight and what is cached: {stats:?}");
}
