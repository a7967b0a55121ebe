//! How connections and questions reach a worker.

use std::future::pending;
use std::io;
use std::net::{SocketAddr, TcpStream as StdStream};
use std::sync::mpsc;

use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::alloc::Counts;

enum Letter {
    Connection(StdStream),
    Counts(mpsc::Sender<Counts>),
}

/// The worker is gone.
#[derive(Debug)]
pub(super) struct Gone;

/// The side that everybody else has.
#[derive(Debug, Clone)]
pub(super) struct Sender(UnboundedSender<Letter>);

/// The worker's side.
#[derive(Debug)]
pub(super) struct Mailbox(UnboundedReceiver<Letter>);

/// A mailbox and who writes to it.
pub(super) fn mailbox() -> (Sender, Mailbox) {
    let (sender, receiver) = unbounded_channel();
    (Sender(sender), Mailbox(receiver))
}

impl Sender {
    /// Hands over a connection.
    pub(super) fn connection(&self, stream: StdStream) -> Result<(), Gone> {
        self.0.send(Letter::Connection(stream)).map_err(|_| Gone)
    }

    /// Asks for the allocator calls of the worker's thread.
    pub(super) fn counts(&self) -> Option<Counts> {
        let (sender, receiver) = mpsc::channel();
        self.0.send(Letter::Counts(sender)).ok()?;
        receiver.recv().ok()
    }
}

impl Mailbox {
    /// The next connection; questions are answered on the way. `None` when nobody can send any more.
    pub(super) async fn next(&mut self) -> Option<TcpStream> {
        loop {
            match self.0.recv().await? {
                Letter::Connection(stream) => {
                    // A connection that breaks this early is nobody's loss.
                    if let Ok(stream) = into_tokio(stream) {
                        return Some(stream);
                    }
                }
                Letter::Counts(sender) => {
                    // Who asked may have given up.
                    let _ = sender.send(Counts::of_this_thread());
                }
            }
        }
    }
}

fn into_tokio(stream: StdStream) -> io::Result<TcpStream> {
    stream.set_nonblocking(true)?;
    stream.set_nodelay(true)?;
    TcpStream::from_std(stream)
}

/// Lets axum serve from a mailbox.
impl ::axum::serve::Listener for Mailbox {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        loop {
            match self.next().await {
                Some(stream) => {
                    if let Ok(address) = stream.peer_addr() {
                        return (stream, address);
                    }
                }
                None => pending().await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
