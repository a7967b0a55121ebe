//! One client: reads, answers, writes; keep-alive and pipelining.

use std::io;
use std::time::Duration;

use ratoon_header_map::Progress;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::context::CONTEXTS;
use crate::response::Response;
use crate::{handler, metrics, request};

/// A client that sends nothing for so long is let go of.
const IDLE: Duration = Duration::from_secs(60);

/// Serves requests until the client closes, or asks for it, or sends what is refused, or falls silent.
pub(crate) async fn serve(mut stream: TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut input = Vec::with_capacity(4096);
    let mut output = Vec::with_capacity(4096);
    let mut progress = Progress::new();
    loop {
        let open = answer_all(&mut input, &mut output, &mut progress);
        // One write for all requests that came together.
        stream.write_all(&output).await?;
        output.clear();
        if !open {
            return linger(stream).await;
        }
        let Ok(read) = timeout(IDLE, stream.read_buf(&mut input)).await else { return Ok(()) };
        if read? == 0 {
            return Ok(());
        }
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
    timeout(Duration::from_secs(1), drain).await.unwrap_or(Ok(()))
}

/// Answers every complete request in `input`. `false`: the connection is to be closed.
fn answer_all(input: &mut Vec<u8>, output: &mut Vec<u8>, progress: &mut Progress) -> bool {
    let mut done = 0;
    let mut open = true;
    while open && done < input.len() {
        let mut context = CONTEXTS.get();
        let before = output.len();
        let (status, keep_alive) =
            match request::parse(&input[done..], &mut context.headers, progress) {
                Ok(None) => break,
                Ok(Some(request)) => {
                    done += request.len;
                    let response = handler::handle(&mut context, &request);
                    response.write(request.keep_alive, output);
                    (response.status, request.keep_alive)
                }
                Err(status) => {
                    Response::empty(status).write(false, output);
                    (status, false)
                }
            };
        metrics::count(status, output.len() - before);
        open = keep_alive;
    } // the context is reset and put back here, before the next request is looked at
    input.drain(..done);
    open
}
