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

use crate::sync::{MODEL, const_fn};

/// An epoch's work, in depot exchanges. Long enough that the deepest use comes in every epoch, also
/// where threads have their bursts at random; and that making anew what was freed in error costs
/// nothing that could be measured.
const EPOCH_EXCHANGES: u64 = if MODEL.is_some() { 2 } else { 16_384 };

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
    /// What was made before the pool was emptied, if that was in the present rest.
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
    /// Nothing in the depot is needed; what the slots have may have served a few gets.
    Shared,
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

    /// Called once per trim, with how many objects the slot of its thread has (`own`), how many the depot has,
    /// and the fewest that it had; that is begun anew when an epoch is.
    pub(crate) fn excess(&mut self, now: Work, own: usize, fill: usize, low: &mut usize) -> Excess {
        let last = self.last_trim.replace(now);
        if let Some(last) = last.filter(|&last| now.is_rest_since(last)) {
            self.rests = self.rests.saturating_add(1);
            if self.rests < self.patience() {
                return Excess::Coldest(0);
            }
            // A thread that trims and is served by its slot would have to make anew what it uses.
            let excess = if now.gets_since(last) == 0 { Excess::All } else { Excess::Shared };
            if fill > 0 || own > 0 && excess == Excess::All {
                self.made_before = Some(now.created);
            }
            self.works = 0;
            self.start = now;
            *low = 0;
            return excess;
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
                // No more than it takes for the most patience: then so short a rest frees nothing.
                self.mistakes += 1;
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

#[cfg(test)]
mod tests {
    use super::*;

    /// An epoch, and what its pool has done so far.
    struct Story {
        epoch: Epoch,
        now: Work,
        own: usize,
        fill: usize,
        low: usize,
    }

    impl Story {
        fn new() -> Self {
            let now = Work { exchanges: 0, created: 0, reused: 0 };
            Self { epoch: Epoch::new(), now, own: 0, fill: 100, low: 100 }
        }

        fn trim(&mut self) -> Excess {
            self.epoch.excess(self.now, self.own, self.fill, &mut self.low)
        }

        fn trim_after_exchanges(&mut self, n: u64) -> Excess {
            self.now.exchanges += n;
            self.trim()
        }

        fn trim_after_gets(&mut self, n: u64) -> Excess {
            self.now.reused += n;
            self.trim()
        }

        fn work(&mut self, calls: u32) {
            for _ in 0..calls {
                self.trim_after_exchanges(1);
            }
        }

        fn rest(&mut self, calls: u32) {
            for _ in 0..calls {
                self.trim();
            }
        }

        /// How many calls at rest it takes.
        fn calls_until_empty(&mut self) -> u32 {
            (1..).find(|_| self.trim() == Excess::All).expect("it ends")
        }

        /// Work, `rests` calls at rest, and work again, for which objects are made.
        fn pause(&mut self, rests: u32) {
            self.trim_after_exchanges(1);
            self.rest(rests);
            self.now.created += 1;
            self.trim_after_exchanges(1);
        }
    }

    #[test]
    fn epoch_ends_with_its_last_exchange_and_not_before() {
        let mut story = Story::new();
        assert_eq!(story.trim_after_exchanges(EPOCH_EXCHANGES - 1), Excess::Coldest(0));
        story.low = 30;
        assert_eq!(story.trim_after_exchanges(1), Excess::Coldest(30));
        assert_eq!(story.low, 70, "what is left after that");
        assert_eq!(story.trim_after_exchanges(EPOCH_EXCHANGES - 1), Excess::Coldest(0));
        assert_eq!(story.trim_after_exchanges(1), Excess::Coldest(70));
    }

    #[test]
    fn gets_end_an_epoch_too() {
        let mut story = Story::new();
        let gets = EPOCH_EXCHANGES * GETS_PER_EXCHANGE;
        assert_eq!(story.trim_after_gets(gets - 1), Excess::Coldest(0));
        assert_eq!(story.trim_after_gets(GETS_PER_EXCHANGE), Excess::Coldest(100));
        story.low = 100;
        assert_eq!(story.trim_after_gets(gets / 2), Excess::Coldest(0));
        assert_eq!(story.trim_after_exchanges(EPOCH_EXCHANGES / 2), Excess::Coldest(100));
    }

    #[test]
    fn rest_is_no_exchange_and_fewer_than_64_gets() {
        let mut story = Story::new();
        assert_eq!(story.trim(), Excess::Coldest(0), "the first call has nothing to compare");
        assert_eq!(story.trim_after_gets(64), Excess::Coldest(0));
        assert_eq!(story.trim_after_exchanges(1), Excess::Coldest(0));
        assert_eq!(story.trim_after_gets(63), Excess::Shared);
        assert_eq!(story.low, 0);
        assert_eq!(story.trim_after_gets(1), Excess::Shared);
        assert_eq!(story.trim(), Excess::All);
        story.now.created += 64;
        assert_eq!(story.trim(), Excess::Coldest(0), "new objects were got, too");
    }

    #[test]
    fn counters_may_wrap() {
        let mut story = Story::new();
        story.now.reused = u64::MAX - 5;
        story.trim();
        story.now.reused = 57;
        assert_eq!(story.trim(), Excess::Shared);
    }

    #[test]
    fn a_sixteenth_of_the_calls_that_found_work_must_find_rest() {
        for (works, rests) in [(1, 1), (31, 1), (32, 2), (160, 10), (4096, 256), (10_000, 256)] {
            let mut story = Story::new();
            story.work(works);
            assert_eq!(story.calls_until_empty(), rests, "{works}");
            assert_eq!(story.trim(), Excess::All, "from then on each");
            story.trim_after_exchanges(1);
            assert_eq!(story.calls_until_empty(), 1, "forgotten");
        }
    }

    #[test]
    fn patience_doubles_with_each_mistake_after_the_third_up_to_256() {
        let mut story = Story::new();
        for mistakes in 1..=15_u32 {
            story.pause(255);
            story.epoch.expect_rest();
            let learnt = 1 << mistakes.saturating_sub(3).min(8);
            assert_eq!(story.epoch.patience(), learnt, "{mistakes}");
            if learnt == 256 {
                break;
            }
        }
        assert_eq!(story.epoch.mistakes, 11);
    }

    #[test]
    fn mistakes_are_unlearnt_by_long_rests_and_by_rests_after_which_nothing_is_made() {
        let mut story = Story::new();
        (0..6).for_each(|_| story.pause(255));
        assert_eq!(story.epoch.mistakes, 6);
        story.pause(256);
        assert_eq!(story.epoch.mistakes, 5, "long");
        story.rest(255);
        story.trim_after_exchanges(1);
        assert_eq!(story.epoch.mistakes, 4, "nothing made");
        story.fill = 0;
        story.pause(255);
        assert_eq!(story.epoch.mistakes, 4, "nothing was freed");
        story.own = 1;
        story.pause(255);
        assert_eq!(story.epoch.mistakes, 5, "of the thread that trims");
        story.trim_after_exchanges(1);
        story.epoch.expect_rest();
        for _ in 0..4 {
            story.trim_after_gets(1);
        }
        story.now.created += 1;
        story.trim_after_exchanges(1);
        assert_eq!(story.epoch.mistakes, 5, "it kept what it uses");
        story.fill = 100;
        (0..20).for_each(|_| story.pause(300));
        assert_eq!(story.epoch.mistakes, 0);
        (0..50).for_each(|_| story.pause(255));
        assert_eq!(story.epoch.mistakes, 11, "then a rest of 255 calls frees nothing");
    }
}
