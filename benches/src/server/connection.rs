//! One connection: reads, serves all that came, writes all answers at once.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::mailbox::Mailbox;
use crate::workloads::request::{Serve, Unserved};

/// Bytes that a connection's buffers begin with: sixteen requests of a browser in one read.
const BUFFER: usize = 16 * 1024;
/// Bytes above which a buffer that is empty is made small again: the last request was a giant.
const GIANT: usize = 4 * BUFFER;

/// Bytes that are reserved at once for what a client has announced but not sent.
const RESERVE: usize = 1024 * 1024;

/// Serves every connection that comes into `mailbox`, for ever.
pub(super) async fn serve_all<S: Serve>(mut mailbox: Mailbox) {
    while let Some(stream) = mailbox.next().await {
        tokio::spawn(async move {
            // A client that went away is its own affair.
            let _ = serve::<S>(stream).await;
        });
    }
}

/// Serves requests until the client closes, or asks for that, or sends what is refused.
async fn serve<S: Serve>(mut stream: TcpStream) -> io::Result<()> {
    let mut handler = S::default();
    let mut input = Vec::with_capacity(BUFFER);
    let mut output = Vec::with_capacity(BUFFER);
    loop {
        if stream.read_buf(&mut input).await? == 0 {
            return Ok(());
        }
        let progress = serve_complete(&mut handler, &input, &mut output);
        take(&mut input, progress.taken);
        if !output.is_empty() {
            stream.write_all(&output).await?;
            output.clear();
            shrink(&mut output);
        }
        if !progress.open {
            return linger(stream).await;
        }
        input.reserve(progress.missing.min(RESERVE));
    }
}

/// What became of the input.
struct Progress {
    /// Bytes that need not be looked at again.
    taken: usize,
    /// Bytes at least that the next request lacks.
    missing: usize,
    /// Whether the connection stays open.
    open: bool,
}

fn serve_complete(handler: &mut impl Serve, input: &[u8], output: &mut Vec<u8>) -> Progress {
    let mut taken = 0;
    while taken < input.len() {
        match handler.serve(&input[taken..], output) {
            Ok(served) => {
                taken += served.len;
                if !served.keep_alive {
                    return Progress { taken: input.len(), missing: 0, open: false };
                }
            }
            Err(Unserved::Partial(needed)) => {
                let missing = needed - (input.len() - taken);
                return Progress { taken, missing, open: true };
            }
            Err(refused) => {
                output.extend_from_slice(refusal(refused).as_bytes());
                return Progress { taken: input.len(), missing: 0, open: false };
            }
        }
    }
    Progress { taken, missing: 1, open: true }
}

fn take(input: &mut Vec<u8>, taken: usize) {
    if taken == input.len() {
        input.clear();
        shrink(input);
    } else {
        input.drain(..taken);
    }
}

fn shrink(buffer: &mut Vec<u8>) {
    if buffer.capacity() > GIANT {
        *buffer = Vec::with_capacity(BUFFER);
    }
}

/// What a client is told whose request is refused; the connection is closed after it.
pub fn refusal(refused: Unserved) -> &'static str {
    macro_rules! refusal {
        ($status:literal) => {
            concat!("HTTP/1.1 ", $status, "\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        };
    }
    match refused {
        Unserved::Partial(_) | Unserved::Bad => refusal!("400 Bad Request"),
        Unserved::BodyTooLarge => refusal!("413 Content Too Large"),
        Unserved::HeadTooLarge => refusal!("431 Request Header Fields Too Large"),
        Unserved::NotImplemented => refusal!("501 Not Implemented"),
    }
}

/// Closes so that the client can read the answer: closing a socket with unread input would reset the
/// connection, and the answer could be lost. Reads on for a moment, within a bound.
async fn linger(mut stream: TcpStream) -> io::Result<()> {
    stream.shutdown().await?;
    let mut thrown_away = [0; 4096];
    let drain = async {
        for _ in 0..64 {
            if stream.read(&mut thrown_away).await? == 0 {
                break;
            }
        }
        Ok(())
    };
    tokio::time::timeout(Duration::from_secs(1), drain).await.unwrap_or(Ok(()))
}
