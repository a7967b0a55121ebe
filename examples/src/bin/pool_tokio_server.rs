//! A tokio server whose handlers hold a pooled context across `.await`.
//!
//! A task may suspend on one worker thread and go on on another: the guard is `Send` and travels
//! with it. Wherever it is dropped, the context is reset first, so that the next request, from
//! whatever client, starts fresh.

use std::fmt::Write as _;
use std::io;
use std::time::Duration;

use ratoon_pool::{Pool, Reset};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What one request needs to know.
#[derive(Default, Reset)]
struct Context {
    user: u64,
    admin: bool,
    answer: String,
}

static CONTEXTS: Pool<Context> = Pool::new(Context::default);

const CLIENTS: u64 = 16;
const REQUESTS: u64 = 200;
const WORKERS: u64 = 2;

async fn serve(stream: TcpStream) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let mut context = CONTEXTS.get();
        assert_eq!((context.user, context.admin, context.answer.as_str()), (0, false, ""));

        // `user 7` logs in, `anonymous` must not be anybody.
        if let Some(user) = line.trim_end().strip_prefix("user ") {
            context.user = user.parse().map_err(io::Error::other)?;
            context.admin = context.user == 1;
        }
        tokio::time::sleep(Duration::from_micros(50)).await; // a database, say

        let (user, admin) = (context.user, context.admin);
        writeln!(context.answer, "user={user} admin={admin}").map_err(io::Error::other)?;
        stream.get_mut().write_all(context.answer.as_bytes()).await?;
        line.clear();
    }
    Ok(())
}

async fn client(address: std::net::SocketAddr, id: u64) -> io::Result<()> {
    let mut stream = BufReader::new(TcpStream::connect(address).await?);
    let mut answer = String::new();
    for request in 0..REQUESTS {
        let (question, expected) = if request % 2 == 0 {
            (format!("user {id}\n"), format!("user={id} admin={}\n", id == 1))
        } else {
            ("anonymous\n".to_owned(), "user=0 admin=false\n".to_owned())
        };
        stream.get_mut().write_all(question.as_bytes()).await?;
        answer.clear();
        stream.read_line(&mut answer).await?;
        assert_eq!(answer, expected);
    }
    Ok(())
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });

    let clients: Vec<_> = (1..=CLIENTS).map(|id| tokio::spawn(client(address, id))).collect();
    for client in clients {
        client.await??;
    }

    let stats = CONTEXTS.stats();
    println!("{} requests: {stats:?}", CLIENTS * REQUESTS);
    // Not one context per request: one per request in flight, and what each worker may cache.
    assert!(stats.created <= CLIENTS + WORKERS * 64, "{stats:?}");
    Ok(())
}
