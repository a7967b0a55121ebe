//! The variants of the experiment: naive, each piece alone, all of them.

use ratoon_arena::Arena;
use ratoon_header_map::HeaderMap;
use ratoon_pool::{Pool, Reset};

use super::context::{Boxed, Context, Contexts, FromPool, Kept, Lent};
use super::handler::{Parts, Served, Unserved};
use super::headers::{Headers, Http, Naive};
use super::space::{Heap, Scratch};

/// Serves requests one after the other, as one connection or one worker does.
pub trait Serve: Default + Send + 'static {
    /// Serves one request; see [`Parts::serve`].
    ///
    /// # Errors
    ///
    /// As [`Parts::serve`].
    fn serve(&mut self, input: &[u8], out: &mut Vec<u8>) -> Result<Served, Unserved>;

    /// What a monitor does every few milliseconds; see [`Contexts::monitor`].
    fn monitor();
}

/// Parts that stay with a connection, and contexts from wherever.
#[derive(Debug, Default)]
pub struct Handler<H, S, C> {
    parts: Parts<H, S>,
    contexts: C,
}

impl<H, S, C> Serve for Handler<H, S, C>
where
    H: Headers,
    S: Scratch,
    C: Contexts + Default + Send + 'static,
{
    #[inline]
    fn serve(&mut self, input: &[u8], out: &mut Vec<u8>) -> Result<Served, Unserved> {
        let served = self.parts.serve(&mut self.contexts, input, out);
        self.parts.end();
        served
    }

    fn monitor() {
        C::monitor();
    }
}

/// Everything allocated anew, as GoFarm did it.
pub type AllNaive = Handler<Naive, Heap, Boxed>;
/// Everything allocated anew, headers in an `http::HeaderMap`.
pub type WithHttp = Handler<Http, Heap, Boxed>;
/// Contexts from a pool, the rest naive.
pub type WithPool = Handler<Naive, Heap, FromPool>;
/// Scratch, JSON and frames in an arena that stays with the connection, the rest naive.
pub type WithArena = Handler<Naive, Arena, Boxed>;
/// Headers in maps that stay with the connection, the rest naive.
pub type WithHeaderMap = Handler<HeaderMap, Heap, Boxed>;
/// Everything from Ratoon, but kept by each connection: no pool.
pub type PerConnection = Handler<HeaderMap, Arena, Kept>;

/// Everything from Ratoon, the way its README uses it: one pooled object holds the context with its
/// header maps and its scratch.
#[derive(Debug, Default)]
pub struct All;

#[derive(Debug, Default, Reset)]
struct Whole {
    context: Context,
    parts: Parts<HeaderMap, Arena>,
}

static WHOLES: Pool<Whole> = Pool::new(Whole::default);

impl Serve for All {
    #[inline]
    fn serve(&mut self, input: &[u8], out: &mut Vec<u8>) -> Result<Served, Unserved> {
        let mut whole = WHOLES.get();
        let Whole { context, parts } = &mut *whole;
        parts.serve(&mut Lent(context), input, out)
    }

    fn monitor() {
        std::hint::black_box(WHOLES.stats());
        WHOLES.trim();
    }
}
