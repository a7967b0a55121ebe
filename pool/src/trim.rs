//! What a trim may free: a working set measured without a clock.
//!
//! A trim that freed what is idle at that moment would be a trap: a monitor that calls it in every
//! pause makes the next burst allocate everything anew. So the depot remembers its *lowest fill*
//! over an epoch: that many objects were never needed in it. An epoch lasts for an amount of work
//! done, not for a number of calls, so that calling more often frees nothing earlier.
//!
//! Only a pool that has rested from one call to the next loses all it keeps. Whether it rests for good, or a
//! monitor calls more often than requests come, only the future tells. So the pool looks back, at two things:
//!
//! * How many calls found work since the pool was emptied: a thread that gets no time for a millisecond after a
//!   second of work has not ended its work. A sixteenth of those calls must find rest in a row, as who
//!   rents skis buys them when the rent has cost as much.
//! * When work comes after a short rest and the objects that were freed in it have to be made anew, that was a
//!   mistake, and after a few of them it takes more calls at rest in a row.

use crate::sync::const_fn;

/// An epoch's work, in depot exchanges. Long enough that the deepest use comes in every epoch, also
/// where threads have their bursts at random; and that making anew what was freed in error costs
/// nothing that could be measured.
const EPOCH_EXCHANGES: u64 = 16_384;

/// So many gets weigh as one exchange: a load that slots can serve ends epochs, too (a million gets).
const GETS_PER_EXCHANGE: u64 = 64;

/// Fewer gets than this between two trims, and no exchange, are rest: a health check now and then
/// does not keep a pool's memory.
const IDLE_GETS: u64 = 64;

/// Mistakes that change nothing.
const FORGIVEN: u32 = 3;

/// So many calls that found work are answered by one at rest.
const WORK_PER_REST: u32 = 16;

/// The most calls at rest that it takes to empty a pool; and a rest of so many was no short one.
const MOST_PATIENCE: u32 = 256;

/// The measure of one depot.
#[derive(Debug)]
pub(crate) struct Epoch {
    start: Work,
    last_trim: Option<Work>,
    /// Calls at rest in a row.
    rests: u32,
    /// Calls that found work since the pool was emptied, or since somebody said that the load has ended.
    works: u32,
    /// What was made before the depot was emptied, if that was in the present rest.
    made_before: Option<u64>,
    mistakes: u32,
}

/// What a pool has done so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Work {
    pub(crate) exchanges: u64,
    pub(crate) created: u64,
    pub(crate) reused: u64,
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
            let start = Work { exchanges: 0, created: 0, reused: 0 };
            Self { start, last_trim: None, rests: 0, works: 0, made_before: None, mistakes: 0 }
        }
    }

    /// Called once per trim, with how many objects the depot has, and the fewest that it had; that is begun
    /// anew when an epoch is.
    pub(crate) fn excess(&mut self, now: Work, fill: usize, low: &mut usize) -> Excess {
        let last = self.last_trim.replace(now);
        if last.is_some_and(|last| now.is_rest_since(last)) {
            self.rests = self.rests.saturating_add(1);
            if self.rests < self.patience() {
                return Excess::Coldest(0);
            }
            if fill > 0 {
                self.made_before = Some(now.created);
            }
            self.works = 0;
            self.start = now;
            *low = 0;
            return Excess::All;
        }
        self.end_rest(now);
        self.works = self.works.saturating_add(1);
        if now.weight_since(self.start) < EPOCH_EXCHANGES {
            return Excess::Coldest(0);
        }
        let unneeded = *low;
        self.start = now;
        *low = fill - unneeded;
        Excess::Coldest(unneeded)
    }

    fn end_rest(&mut self, now: Work) {
        if let Some(made_before) = self.made_before.take() {
            if self.rests < MOST_PATIENCE && now.created != made_before {
                self.mistakes = (self.mistakes + 1).min(FORGIVEN + MOST_PATIENCE.ilog2());
            } else {
                self.mistakes = self.mistakes.saturating_sub(1);
            }
        }
        self.rests = 0;
    }

    /// Somebody knows that the load has ended.
    pub(crate) fn expect_rest(&mut self) {
        self.works = 0;
    }

    fn patience(&self) -> u32 {
        let learnt = 1 << self.mistakes.saturating_sub(FORGIVEN);
        learnt.max(self.works / WORK_PER_REST).min(MOST_PATIENCE)
    }
}

impl Work {
    // Gets are summed up from counters that are read one after the other, and wrap: hence the
    // wrapping differences.

    fn gets_since(self, start: Self) -> u64 {
        let gets = |work: Self| work.created.wrapping_add(work.reused);
        gets(self).wrapping_sub(gets(start))
    }

    fn is_rest_since(self, last: Self) -> bool {
        self.exchanges == last.exchanges && self.gets_since(last) < IDLE_GETS
    }

    fn weight_since(self, start: Self) -> u64 {
        (self.exchanges - start.exchanges)
            .saturating_add(self.gets_since(start) / GETS_PER_EXCHANGE)
    }
}
