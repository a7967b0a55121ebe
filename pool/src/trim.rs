//! What a trim may free: a working set measured without a clock.
//!
//! A trim that freed what is idle at that moment would be a trap: a monitor that calls it in every
//! pause makes the next burst allocate everything anew. So the depot remembers its *lowest fill*
//! over an epoch: that many objects were never needed in it. An epoch lasts for an amount of work
//! done, not for a number of calls, so that calling more often frees nothing earlier. Only a pool
//! that has rested from one call to the next loses all it keeps.

use crate::sync::const_fn;

/// An epoch's work, in depot exchanges.
const EPOCH_EXCHANGES: u64 = 1024;

/// So many gets weigh as one exchange: a load that a slot can serve ends epochs, too, though later.
const GETS_PER_EXCHANGE: u64 = 1024;

/// Fewer gets than this between two trims, and no exchange, are rest: a health check now and then
/// does not keep a pool's memory.
const IDLE_GETS: u64 = 64;

/// The measure of one depot.
pub(crate) struct Epoch {
    /// The lowest fill of the depot since the epoch began.
    pub(crate) low: usize,
    start: Work,
    last_trim: Option<Work>,
}

/// What a pool has done so far.
#[derive(Clone, Copy)]
struct Work {
    exchanges: u64,
    gets: u64,
}

/// What a trim frees.
#[derive(Debug, PartialEq)]
pub(crate) enum Excess {
    /// So many objects of the depot were not needed.
    Coldest(usize),
    /// Nothing is needed.
    All,
}

impl Epoch {
    const_fn! {
        pub(crate) fn new() -> Self {
            Self { low: 0, start: Work { exchanges: 0, gets: 0 }, last_trim: None }
        }
    }

    /// Called once per trim.
    pub(crate) fn excess(&mut self, exchanges: u64, gets: u64, fill: usize) -> Excess {
        let now = Work { exchanges, gets };
        let last = self.last_trim.replace(now);
        if last.is_some_and(|last| now.is_rest_since(last)) {
            self.begin(now, 0);
            return Excess::All;
        }
        if now.weight_since(self.start) < EPOCH_EXCHANGES {
            return Excess::Coldest(0);
        }
        let unneeded = self.low;
        self.begin(now, fill - unneeded);
        Excess::Coldest(unneeded)
    }

    fn begin(&mut self, now: Work, fill: usize) {
        self.start = now;
        self.low = fill;
    }
}

impl Work {
    // Gets are summed up from counters that are read one after the other, and wrap: hence the
    // wrapping differences.

    fn is_rest_since(self, last: Self) -> bool {
        self.exchanges == last.exchanges && self.gets.wrapping_sub(last.gets) < IDLE_GETS
    }

    fn weight_since(self, start: Self) -> u64 {
        let gets = self.gets.wrapping_sub(start.gets);
        (self.exchanges - start.exchanges).saturating_add(gets / GETS_PER_EXCHANGE)
    }
}
