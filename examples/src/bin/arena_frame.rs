//! A length-prefixed protocol: each message is built in one piece, in scratch, and sent with one write.
//!
//! ```text
//! magic: u16 | kind: u16 | length: u32 | checksum: u32 | payload: [u8; length]
//! ```
//!
//! Length and checksum stand in front of the payload from which they follow. The frame leaves slots for
//! them, the payload is written behind as it comes, and the slots are filled at the end: no second
//! buffer, no copy, and in steady state no call to the allocator.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use ratoon_arena::{Arena, Scope};
use ratoon_pool::Pool;

static SCRATCH: Pool<Arena> = Pool::new(Arena::new);

const MAGIC: u16 = 0x5254;
const HEADER: usize = 12;
/// Longer messages are refused, whatever their header says.
const MOST: usize = 64 * 1024;
const MESSAGES: u32 = 100;

/// FNV-1a: short. A protocol of yours will take a CRC from a crate.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// What the temperature of so many sensors is.
fn report<'a>(scope: &mut Scope<'a>, sensors: u32) -> &'a [u8] {
    let mut frame = scope.frame(256);
    frame.put_u16(MAGIC);
    frame.put_u16(1);
    let length = frame.slot();
    let sum = frame.slot();
    for sensor in 0..sensors {
        writeln!(frame, "sensor {sensor}: {} degrees", 20 + sensor % 7).expect("there is no limit");
    }
    let payload = &frame.as_slice()[HEADER..];
    let (len, computed) = (payload.len() as u32, checksum(payload));
    frame.fill(length, len.to_be_bytes());
    frame.fill(sum, computed.to_be_bytes());
    frame.finish()
}

/// Reads a message into scratch. What does not belong to the protocol is an error.
fn read_message<'a>(scope: &Scope<'a>, stream: &mut TcpStream) -> io::Result<&'a [u8]> {
    let invalid = |what| io::Error::new(io::ErrorKind::InvalidData, what);
    let mut header = [0; HEADER];
    stream.read_exact(&mut header)?;
    let [m0, m1, _, _, l0, l1, l2, l3, c0, c1, c2, c3] = header;
    if u16::from_be_bytes([m0, m1]) != MAGIC {
        return Err(invalid("no message begins here"));
    }
    let len = u32::from_be_bytes([l0, l1, l2, l3]) as usize;
    if len > MOST {
        return Err(invalid("the message is too long"));
    }
    let payload = scope.alloc_slice_fill_with(len, |_| 0);
    stream.read_exact(payload)?;
    if checksum(payload) != u32::from_be_bytes([c0, c1, c2, c3]) {
        return Err(invalid("the message was damaged on its way"));
    }
    Ok(payload)
}

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let server = thread::spawn(move || -> io::Result<u64> {
        let (mut stream, _) = listener.accept()?;
        for sensors in 0..MESSAGES {
            let mut scratch = SCRATCH.get();
            stream.write_all(report(&mut scratch.scope(), sensors))?;
        }
        Ok(SCRATCH.get().stats().allocator_calls)
    });

    let mut stream = TcpStream::connect(address)?;
    for sensors in 0..MESSAGES {
        let mut scratch = SCRATCH.get();
        let scope = scratch.scope();
        let payload = read_message(&scope, &mut stream)?;
        let lines = payload.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count();
        assert_eq!(lines, sensors as usize);
    }
    let calls = server.join().expect("the server ends well")?;
    println!("{MESSAGES} messages, {calls} allocator calls of the server's scratch");
    assert!(calls < 10);
    Ok(())
}
