//! Request counters that cost the request path nothing that threads share.
//!
//! Each thread has counters of its own and is the only one to write them; whoever scrapes adds them
//! up. A counter that all threads increment would cost more than the rest of a small request.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use ratoon_arena::Scope;

use crate::context::CONTEXTS;
use crate::response::Status;

/// The counters of one thread; on cache lines of their own.
#[derive(Default)]
#[repr(align(128))]
struct Counters {
    requests: AtomicU64,
    refused: AtomicU64,
    bytes_out: AtomicU64,
}

/// The counters of every thread that ever served a request.
static ALL: Mutex<Vec<Arc<Counters>>> = Mutex::new(Vec::new());

thread_local! {
    static MINE: Arc<Counters> = register();
}

fn register() -> Arc<Counters> {
    let counters = Arc::default();
    ALL.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&counters));
    counters
}

/// Counts one response.
pub(crate) fn count(status: Status, bytes_out: usize) {
    MINE.with(|mine| {
        add(&mine.requests, 1);
        add(&mine.refused, u64::from(status != Status::Ok));
        add(&mine.bytes_out, bytes_out as u64);
    });
}

/// Only the counter's own thread writes it, so no read-modify-write is needed. Relaxed: a scrape
/// wants figures, not an order of events.
fn add(counter: &AtomicU64, n: u64) {
    counter.store(counter.load(Ordering::Relaxed) + n, Ordering::Relaxed);
}

/// The page that a monitor scrapes, in the format of Prometheus.
pub(crate) fn page<'c>(scope: &Scope<'c>) -> &'c str {
    let (mut requests, mut refused, mut bytes_out) = (0, 0, 0);
    for counters in ALL.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        requests += counters.requests.load(Ordering::Relaxed);
        refused += counters.refused.load(Ordering::Relaxed);
        bytes_out += counters.bytes_out.load(Ordering::Relaxed);
    }
    let pool = CONTEXTS.stats();
    scope.alloc_fmt(format_args!(
        "# TYPE gofarm_requests_total counter\n\
         gofarm_requests_total {requests}\n\
         # TYPE gofarm_refused_total counter\n\
         gofarm_refused_total {refused}\n\
         # TYPE gofarm_sent_bytes_total counter\n\
         gofarm_sent_bytes_total {bytes_out}\n\
         # TYPE gofarm_contexts_created_total counter\n\
         gofarm_contexts_created_total {}\n\
         # TYPE gofarm_contexts_reused_total counter\n\
         gofarm_contexts_reused_total {}\n\
         # TYPE gofarm_contexts_discarded_total counter\n\
         gofarm_contexts_discarded_total {}\n\
         # TYPE gofarm_contexts_idle gauge\n\
         gofarm_contexts_idle {}\n",
        pool.created,
        pool.reused,
        pool.discarded.total(),
        pool.idle(),
    ))
}
