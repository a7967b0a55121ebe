//! Compression with pooled contexts.
//!
//! To compress a page of 4 KiB, most of the time goes into setting up the compressor: a zstd context or a deflate
//! state is some hundred KiB that are allocated, cleared and freed for each response. Here both are pooled, and
//! the output is written into a pooled buffer that hyper sends. The bytes are the same as without a pool, which the
//! tests compare: `/naive` compresses with a new context each time.

use std::io::Write;
use std::sync::LazyLock;
use std::{env, io};

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use flate2::write::ZlibEncoder;
use flate2::{Compress, Compression, FlushCompress, Status};
use ratoon_pool::{Pool, Reset};
use tokio::net::TcpListener;
use zstd::zstd_safe::{self, CCtx, CParameter, ResetDirective};

const LEVEL: i32 = 3;

/// A zstd context that keeps its tables from one page to the next.
struct Zstd(CCtx<'static>);

impl Zstd {
    fn new() -> Zstd {
        let mut context = CCtx::create();
        context.set_parameter(CParameter::CompressionLevel(LEVEL)).expect("a valid level");
        Zstd(context)
    }

    fn compress(&mut self, page: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
        out.reserve(zstd_safe::compress_bound(page.len()));
        let compressed = self.0.compress2(out, page);
        compressed.map(drop).map_err(|code| io::Error::other(zstd_safe::get_error_name(code)))
    }
}

impl Reset for Zstd {
    /// Abandons an unfinished frame; the parameters stay.
    fn reset(&mut self) {
        self.0.reset(ResetDirective::SessionOnly).expect("resetting a session cannot fail");
    }

    fn retained_bytes(&self) -> usize {
        self.0.sizeof()
    }
}

/// A deflate state in zlib's format, which is what HTTP calls `deflate`.
struct Deflate(Compress);

impl Deflate {
    /// About what a state of `flate2`'s own backend takes, whatever it compresses.
    const BYTES: usize = 320 * 1024;

    fn new() -> Deflate {
        Deflate(Compress::new(Compression::default(), true))
    }

    fn compress(&mut self, page: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
        loop {
            out.reserve(page.len() / 2 + 64);
            let rest = &page[self.0.total_in() as usize..];
            match self.0.compress_vec(rest, out, FlushCompress::Finish)? {
                Status::StreamEnd => return Ok(()),
                Status::Ok | Status::BufError => {} // `out` is full
            }
        }
    }
}

impl Reset for Deflate {
    fn reset(&mut self) {
        self.0.reset();
    }

    fn retained_bytes(&self) -> usize {
        Deflate::BYTES
    }
}

// A context that compressed something large keeps large tables: the bound says up to which size it is kept.
static ZSTD: Pool<Zstd> = Pool::builder(Zstd::new).max_retained_bytes(4 << 20).build();
static DEFLATE: Pool<Deflate> = Pool::builder(Deflate::new).build();
static BODIES: Pool<Vec<u8>> = Pool::new(Vec::new);

/// How a page is sent.
#[derive(Clone, Copy)]
enum Coding {
    Zstd,
    Deflate,
    Identity,
}

impl Coding {
    /// The first one that the client accepts, as `Accept-Encoding: zstd, deflate;q=0.5`.
    fn of(headers: &HeaderMap) -> Coding {
        let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        let accepts = |coding: &str| {
            accepted.unwrap_or_default().split(',').any(|item| {
                let (name, weight) = item.split_once(';').unwrap_or((item, ""));
                name.trim().eq_ignore_ascii_case(coding) && weight.trim() != "q=0"
            })
        };
        match () {
            () if accepts("zstd") => Coding::Zstd,
            () if accepts("deflate") => Coding::Deflate,
            () => Coding::Identity,
        }
    }

    fn respond(self, body: Bytes) -> Response {
        let mut response = body.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/html"));
        headers.insert(header::VARY, header::HeaderValue::from_static("accept-encoding"));
        let name = match self {
            Coding::Zstd => "zstd",
            Coding::Deflate => "deflate",
            Coding::Identity => return response,
        };
        headers.insert(header::CONTENT_ENCODING, header::HeaderValue::from_static(name));
        response
    }
}

/// Stands for a template: a page of 4 KiB.
static PAGE: LazyLock<String> = LazyLock::new(|| {
    let rows = (0..).map(|i| format!("<tr><td>{i}<td>order {}<td>{}</tr>\n", i * 7919, i % 13));
    let page = rows.scan(0, |len, row| {
        *len += row.len();
        (*len <= 4096).then_some(row)
    });
    page.collect()
});

async fn page(request: Request) -> Result<Response, StatusCode> {
    let coding = Coding::of(request.headers());
    let mut body = BODIES.get();
    match coding {
        Coding::Zstd => ZSTD.get().compress(PAGE.as_bytes(), &mut body),
        Coding::Deflate => DEFLATE.get().compress(PAGE.as_bytes(), &mut body),
        Coding::Identity => body.write_all(PAGE.as_bytes()),
    }
    .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok(coding.respond(body.freeze()))
}

/// The same with a new context and a new buffer for each page.
async fn naive(request: Request) -> Result<Response, StatusCode> {
    let coding = Coding::of(request.headers());
    let body = match coding {
        Coding::Zstd => zstd::bulk::compress(PAGE.as_bytes(), LEVEL),
        Coding::Deflate => {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(PAGE.as_bytes()).and_then(|()| encoder.finish())
        }
        Coding::Identity => Ok(PAGE.as_bytes().to_vec()),
    };
    Ok(coding.respond(body.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?.into()))
}

async fn stats() -> String {
    format!("zstd={} deflate={}", ZSTD.stats().created, DEFLATE.stats().created)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let port = env::args().nth(1).map_or(Ok(0), |port| port.parse()).map_err(io::Error::other)?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    let app = Router::new()
        .route("/page", get(page))
        .route("/naive", get(naive))
        .route("/stats", get(stats));
    axum::serve(listener, app).await
}
