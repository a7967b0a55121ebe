//! Connections that were used once and then rest.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use super::tape::Tape;

/// Opens `connections`, sends a recorded request on each of them, reads the answers and keeps all
/// open.
///
/// # Errors
/// If a connection is not to be had, or an answer is wrong or does not come in ten seconds.
pub fn hold(address: SocketAddr, connections: usize) -> io::Result<Vec<TcpStream>> {
    const PATIENCE: Duration = Duration::from_secs(10);
    let tape = Tape::new(1);
    let mut answer = Vec::new();
    (0..connections)
        .map(|at| {
            let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.set_nodelay(true)?;
            let batch = tape.batch(at as u64);
            stream.write_all(&batch.request)?;
            answer.resize(batch.response.len(), 0);
            stream.read_exact(&mut answer)?;
            if answer != batch.response {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "the answer is wrong"));
            }
            Ok(stream)
        })
        .collect()
}
