//! Guards of byte vectors.

use std::io::{self, IoSlice, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

use bytes::{Buf, BufMut, Bytes, BytesMut};
use ratoon_pool::Pool;

/// A pool of buffers that a test has to itself.
macro_rules! buffers {
    () => {{
        static BUFFERS: Pool<Vec<u8>> = Pool::builder(Vec::new).max_retained_bytes(4096).build();
        &BUFFERS
    }};
}

#[test]
fn frozen_bytes_are_what_was_written_without_a_copy() {
    let buffers = buffers!();
    let mut buffer = buffers.get();
    buffer.put_slice(b"content");
    let address = buffer.as_ptr();
    let bytes = buffer.freeze();
    assert_eq!(bytes, "content");
    assert_eq!(bytes.as_ptr(), address);
}

#[test]
fn vector_comes_home_when_the_last_clone_or_slice_is_dropped() {
    let buffers = buffers!();
    let mut buffer = buffers.get();
    buffer.put_slice(b"header body");
    let address = buffer.as_ptr();
    let bytes = buffer.freeze();
    let (clone, slice) = (bytes.clone(), bytes.slice(7..));
    drop(bytes);
    drop(clone);
    assert_eq!(slice, "body");
    assert_eq!(buffers.stats().idle(), 0);
    assert_ne!(buffers.get().as_ptr(), address, "still in use");
    drop(slice);
    assert_eq!(buffers.stats().idle(), 2);
    let buffer = buffers.get();
    assert_eq!(buffer.as_ptr(), address);
    assert!(buffer.is_empty() && buffer.capacity() >= 11);
}

#[test]
fn last_clone_may_be_dropped_on_another_thread() {
    let buffers = buffers!();
    for n in 0..100_u8 {
        let mut buffer = buffers.get();
        assert!(buffer.is_empty());
        buffer.put_bytes(n, 100);
        let bytes = buffer.freeze();
        let mine = bytes.clone();
        let elsewhere = thread::spawn(move || bytes.iter().all(|&byte| byte == n));
        assert!(mine.iter().all(|&byte| byte == n));
        drop(mine);
        assert!(elsewhere.join().expect("does not panic"));
    }
    let stats = buffers.stats();
    assert_eq!((stats.detached, stats.discarded.total()), (0, 0));
}

#[test]
fn bytes_of_a_shared_pool_keep_it_alive() {
    let pool = Arc::new(Pool::<Vec<u8>>::new(Vec::new));
    let mut buffer = pool.get_arc();
    buffer.put_slice(b"alone");
    let bytes = buffer.freeze();
    let seen = Arc::downgrade(&pool);
    drop(pool);
    assert_eq!(bytes, "alone");
    assert!(seen.upgrade().is_some());
    drop(bytes);
    assert!(seen.upgrade().is_none());
}

#[test]
fn nothing_written_freezes_into_nothing_and_comes_home_at_once() {
    let buffers = buffers!();
    let buffer = buffers.get();
    let bytes = buffer.freeze();
    assert!(bytes.is_empty());
    assert_eq!(buffers.stats().idle(), 1);
}

#[test]
fn bytes_turned_into_something_else_are_copied_and_the_vector_comes_home() {
    let buffers = buffers!();
    let frozen = || {
        let mut buffer = buffers.get();
        buffer.put_slice(b"mine");
        buffer.freeze()
    };
    let mut copy = BytesMut::from(frozen());
    copy.put_slice(b" now");
    assert_eq!(copy, "mine now");
    assert_eq!(Vec::from(frozen()), b"mine");
    assert_eq!(frozen().try_into_mut().expect_err("an owner keeps its bytes"), "mine");
    assert_eq!((buffers.stats().created, buffers.stats().idle()), (1, 1));
}

#[test]
fn too_large_a_vector_is_discarded_when_its_bytes_are_dropped() {
    let buffers = buffers!();
    let mut buffer = buffers.get();
    buffer.put_bytes(1, 5000);
    let bytes = buffer.freeze();
    assert_eq!(buffers.stats().discarded.total(), 0);
    drop(bytes);
    assert_eq!((buffers.stats().idle(), buffers.stats().discarded.too_large), (0, 1));
}

#[test]
fn bytes_dropped_while_unwinding_are_discarded() {
    let buffers = buffers!();
    let unwound = catch_unwind(AssertUnwindSafe(|| {
        let mut buffer = buffers.get();
        buffer.put_u8(1);
        let _bytes = buffer.freeze();
        panic!("half way through");
    }));
    assert!(unwound.is_err());
    assert_eq!((buffers.stats().idle(), buffers.stats().discarded.panicked), (0, 1));
}

#[test]
fn guard_is_a_buffer_and_a_writer() {
    fn fill(mut buffer: impl BufMut) {
        buffer.put_u16(0x0102);
        buffer.put_bytes(3, 2);
        buffer.put(&b"ab"[..]);
        buffer.put(Bytes::from_static(b"c").chain(&b"d"[..]));
        assert!(buffer.has_remaining_mut());
    }
    fn write(mut writer: impl Write) -> io::Result<()> {
        write!(writer, "{}", 7)?;
        writer.write_all(b"-")?;
        assert_eq!(writer.write(b"x")?, 1);
        assert_eq!(writer.write_vectored(&[IoSlice::new(b"y"), IoSlice::new(b"z")])?, 2);
        writer.flush()
    }
    const FILLED: &[u8] = b"\x01\x02\x03\x03abcd";
    let pool = Arc::new(Pool::<Vec<u8>>::new(Vec::new));
    let local = pool.local();

    let (mut one, mut two, mut three) = (pool.get(), pool.get_arc(), local.get());
    fill(&mut one);
    fill(&mut two);
    fill(&mut three);
    assert_eq!([&**one, &**two, &**three], [FILLED; 3]);

    one.clear();
    two.clear();
    three.clear();
    write(&mut one).expect("memory does not fail");
    write(&mut two).expect("memory does not fail");
    write(&mut three).expect("memory does not fail");
    assert_eq!([&**one, &**two, &**three], [b"7-xyz"; 3]);
}

/// What a request wrote beyond what the next one writes must not come out again, by no safe means.
#[test]
fn next_use_sees_nothing_of_the_last() {
    const SECRET: &[u8] = &[0xAA; 1000];
    let buffers = buffers!();
    let mut buffer = buffers.get();
    buffer.put_slice(SECRET);
    let address = buffer.as_ptr();
    drop(buffer.freeze());

    let mut buffer = buffers.get();
    assert_eq!(buffer.as_ptr(), address, "or the test shows nothing");
    // The chunk covers the old bytes, and gives them to nobody.
    let chunk = buffer.chunk_mut();
    assert!(chunk.len() >= 1000);
    chunk.write_byte(0, 1);
    assert!(buffer.is_empty(), "written, but not advanced over");
    buffer.put_slice(b"new");
    assert_eq!(**buffer, *b"new");
    buffer.resize(1000, 0);
    assert!(buffer[3..].iter().all(|&byte| byte == 0));
    buffer.clear();
    // A reader that looks at what it is given to fill.
    struct Spy(Vec<u8>);
    impl Read for Spy {
        fn read(&mut self, place: &mut [u8]) -> io::Result<usize> {
            self.0.extend_from_slice(place);
            Ok(0)
        }
    }
    let mut spy = Spy(Vec::new());
    spy.read_to_end(&mut buffer).expect("nothing to read");
    assert!(!spy.0.contains(&0xAA));
    let bytes = buffer.freeze();
    assert!(bytes.is_empty());
}
