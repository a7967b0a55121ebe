//! One connection to the server under load.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream as StdStream};
use std::time::{Duration, Instant};

use mio::net::TcpStream;
use mio::{Interest, Poll, Token};

use super::tape::{Batch, Tape};

pub(super) struct Connection {
    stream: TcpStream,
    number: u64,
    giant: bool,
    due: Instant,
    /// Of the batch, in bytes.
    sent: usize,
    /// Of the answer, in bytes.
    received: usize,
    /// Responses that are complete.
    answered: usize,
    idle: bool,
}

/// What a look at the connection has brought.
pub(super) struct Progress {
    /// Responses that are complete now and were not before.
    pub(super) answers: usize,
    /// Whether the whole batch is answered now and was not before.
    pub(super) ended: bool,
    /// When.
    pub(super) at: Instant,
}

/// How long the server may take to accept.
const PATIENCE: Duration = Duration::from_secs(10);

impl Connection {
    pub(super) fn open(poll: &Poll, address: SocketAddr, at: usize) -> io::Result<Connection> {
        let stream = StdStream::connect_timeout(&address, PATIENCE)?;
        stream.set_nonblocking(true)?;
        stream.set_nodelay(true)?;
        let mut stream = TcpStream::from_std(stream);
        poll.registry().register(
            &mut stream,
            Token(at),
            Interest::READABLE | Interest::WRITABLE,
        )?;
        Ok(Connection {
            stream,
            number: 0,
            giant: false,
            due: Instant::now(),
            sent: 0,
            received: 0,
            answered: 0,
            idle: true,
        })
    }

    /// When the batch on its way was due.
    pub(super) fn due(&self) -> Instant {
        self.due
    }

    /// Sends a batch, as much of it as goes.
    pub(super) fn begin(
        &mut self,
        tape: &Tape,
        number: u64,
        giant: bool,
        due: Instant,
    ) -> io::Result<()> {
        (self.number, self.giant, self.due) = (number, giant, due);
        (self.sent, self.received, self.answered, self.idle) = (0, 0, 0, false);
        self.write(tape)
    }

    /// Sends what is left of the batch, as much of it as goes.
    pub(super) fn write(&mut self, tape: &Tape) -> io::Result<()> {
        let request = &self.batch(tape).request;
        while !self.idle && self.sent < request.len() {
            match self.stream.write(&request[self.sent..]) {
                Ok(sent) => self.sent += sent,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Reads what has come and compares it with what had to come.
    pub(super) fn read(&mut self, tape: &Tape, buffer: &mut [u8]) -> io::Result<Progress> {
        let batch = self.batch(tape);
        let answered = self.answered;
        let mut at = self.due;
        // Behind the last byte of an answer nothing can come, and nobody has to look.
        let ended = loop {
            match self.stream.read(buffer) {
                Ok(0) => return Err(closed()),
                Ok(read) => {
                    at = Instant::now();
                    self.check(batch, &buffer[..read])?;
                    if self.received == batch.response.len() {
                        break true;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break false,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        };
        self.idle |= ended;
        Ok(Progress { answers: self.answered - answered, ended, at })
    }

    fn check(&mut self, batch: &Batch, read: &[u8]) -> io::Result<()> {
        let expected = if self.idle { &[] } else { &batch.response[self.received..] };
        if !expected.starts_with(read) {
            return Err(wrong(expected, read));
        }
        self.received += read.len();
        let ends = batch.ends[self.answered..].iter();
        self.answered += ends.take_while(|&&end| end <= self.received).count();
        Ok(())
    }

    fn batch<'t>(&self, tape: &'t Tape) -> &'t Batch {
        if self.giant { tape.giant() } else { tape.batch(self.number) }
    }
}

fn closed() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the server closed the connection")
}

fn wrong(expected: &[u8], read: &[u8]) -> io::Error {
    let same = expected.iter().zip(read).take_while(|(a, b)| a == b).count();
    let excerpt = |bytes: &[u8]| {
        let from = same.saturating_sub(20).min(bytes.len());
        bytes[from..bytes.len().min(same + 40)].escape_ascii().to_string()
    };
    let text = format!(
        "the server answered `{}` where `{}` had to come",
        excerpt(read),
        excerpt(expected)
    );
    io::Error::new(io::ErrorKind::InvalidData, text)
}
