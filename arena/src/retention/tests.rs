use super::{FLOOR, OUTLIER, Plan, Retention, WINDOW};
use proptest::prelude::*;

const KIB: usize = 1024;
const OUTLIER_BYTES: usize = 64 * 1024 * KIB;
/// Resets after which any use is forgotten.
const MEMORY: usize = 2 * WINDOW as usize;

/// An arena reduced to the sizes of its chunks.
struct Sizes {
    retention: Retention,
    resting: Option<usize>,
    target: usize,
    calls: usize,
}

impl Sizes {
    fn new() -> Self {
        Self { retention: Retention::new(0), resting: None, target: 0, calls: 0 }
    }

    /// One request: chunks double until `used` bytes fit, then the plan is carried out.
    fn request(&mut self, used: usize) {
        let mut chunks: Vec<usize> = self.resting.take().into_iter().collect();
        let mut room: usize = chunks.iter().sum();
        while room < used || chunks.is_empty() {
            let size = chunks.last().map_or(self.target.max(FLOOR), |last| 2 * last);
            room += size;
            chunks.push(size);
            self.calls += 1;
        }
        self.carry_out(used, &chunks);
    }

    /// One request with an allocation too large for the chunk, which gets one of its own.
    fn request_with_oversized(&mut self, used: usize, oversized: usize) {
        let resting = self.resting.take().expect("warm");
        assert!(used <= resting);
        self.calls += 1;
        self.carry_out(used + oversized, &[resting]);
    }

    fn carry_out(&mut self, used: usize, chunks: &[usize]) {
        let plan = self.retention.on_reset(used);
        self.resting = chunks.iter().copied().find(|&chunk| plan.keeps(chunk));
        self.target = plan.target();
    }

    fn warm(used: usize) -> Self {
        let mut sizes = Self::new();
        for _ in 0..100 {
            sizes.request(used);
        }
        sizes
    }
}

/// xorshift64, so that the simulation is the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Uniform in 0..1.
    fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn calls_in_100_000_resets(mut used: impl FnMut() -> usize) -> usize {
    let mut sizes = Sizes::new();
    for _ in 0..200 {
        sizes.request(used());
    }
    let warm = sizes.calls;
    for _ in 0..100_000 {
        sizes.request(used());
    }
    sizes.calls - warm
}

#[test]
fn steady_load_without_allocator_calls() {
    for used in [0, 1, FLOOR, 64 * KIB, 65 * KIB + 1, OUTLIER_BYTES] {
        assert_eq!(calls_in_100_000_resets(|| used), 0, "{used} bytes per request");
    }
}

#[test]
fn jitter_without_allocator_calls() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let calls = calls_in_100_000_resets(|| ((0.5 + 1.5 * random.fraction()) * 65_536.0) as usize);
    assert_eq!(calls, 0, "uniform between half and twice the usual");
    let calls =
        calls_in_100_000_resets(|| (65_536.0 * 4_f64.powf(random.fraction() - 0.5)) as usize);
    assert_eq!(calls, 0, "as often halved as doubled");
}

#[test]
fn outlier_that_costs_its_own_calls_only() {
    let mut oversized = Sizes::warm(64 * KIB);
    let before = (oversized.calls, oversized.resting);
    oversized.request_with_oversized(64 * KIB, OUTLIER_BYTES);
    assert_eq!((oversized.calls, oversized.resting), (before.0 + 1, before.1));
    for _ in 0..200 {
        oversized.request(64 * KIB);
    }
    assert_eq!(oversized.calls, before.0 + 1);

    let mut pieces = Sizes::warm(64 * KIB);
    pieces.request(OUTLIER_BYTES);
    let after = (pieces.calls, pieces.resting);
    assert_eq!(after.1, before.1, "the usual chunk is the one that stays");
    for _ in 0..200 {
        pieces.request(64 * KIB);
    }
    assert_eq!((pieces.calls, pieces.resting), after);
}

#[test]
fn outliers_forgotten_at_every_phase_of_the_window() {
    for phase in 0..MEMORY {
        let mut sizes = Sizes::warm(64 * KIB);
        for _ in 0..phase {
            sizes.request(64 * KIB);
        }
        for _ in 0..3 {
            sizes.request(OUTLIER_BYTES);
        }
        let resets = (1..).find(|_| {
            sizes.request(64 * KIB);
            sizes.resting.is_some_and(|resting| resting <= 2 * 64 * KIB)
        });
        // One more than the mark remembers: the fitting chunk is made by the use after.
        assert!(resets.unwrap() <= MEMORY + 1, "phase {phase}: {resets:?} resets");
    }
}

#[test]
fn second_outlier_of_a_window_that_is_believed() {
    let mut sizes = Sizes::warm(64 * KIB);
    while sizes.retention.left != WINDOW {
        sizes.request(64 * KIB);
    }
    sizes.request(1024 * KIB);
    assert_eq!(sizes.retention.mark(), 64 * KIB);
    sizes.request(512 * KIB);
    assert_eq!(sizes.retention.mark(), 512 * KIB, "as much as both agree on");
    sizes.request(1024 * KIB);
    assert_eq!(sizes.retention.mark(), 1024 * KIB);
}

#[test]
fn first_request_that_is_believed() {
    let mut retention = Retention::new(0);
    let plan = retention.on_reset(OUTLIER_BYTES);
    assert_eq!(retention.mark(), OUTLIER_BYTES);
    assert!(plan.keeps(OUTLIER_BYTES) && plan.target() > OUTLIER_BYTES);
}

#[test]
fn four_times_as_much_is_not_an_outlier() {
    let after = |used| {
        let mut retention = Retention::new(KIB);
        retention.on_reset(used);
        retention.mark()
    };
    assert_eq!([after(4 * KIB), after(4 * KIB + 1)], [4 * KIB, KIB]);
}

#[test]
fn outlier_after_the_first_request_that_is_not_believed() {
    let mut retention = Retention::new(0);
    retention.on_reset(0);
    retention.on_reset(KIB);
    retention.on_reset(OUTLIER_BYTES);
    assert_eq!(retention.mark(), KIB);
    let mut retention = Retention::new(KIB);
    retention.on_reset(OUTLIER_BYTES);
    assert_eq!(retention.mark(), KIB, "an expectation is as good as a request");
}

#[test]
fn expectation_kept_until_it_is_forgotten() {
    let mut retention = Retention::new(64 * KIB);
    let kept = (1..).take_while(|_| retention.on_reset(KIB).keeps(64 * KIB)).count();
    assert_eq!(kept, usize::from(WINDOW) - 1);
}

#[test]
fn small_chunk_never_released() {
    let mut retention = Retention::new(0);
    for _ in 0..200 {
        assert!(retention.on_reset(0).keeps(FLOOR));
    }
    assert!(!retention.on_reset(0).keeps(FLOOR + 1));
}

#[test]
fn largest_sizes_without_overflow() {
    let mut retention = Retention::new(usize::MAX);
    for _ in 0..100 {
        let plan = retention.on_reset(usize::MAX);
        assert_eq!(plan.target(), usize::MAX);
        assert!(plan.keeps(usize::MAX));
    }
}

#[test]
fn chunk_kept_from_the_mark_to_below_twice_the_mark() {
    let mut retention = Retention::new(64 * KIB);
    let plan = retention.on_reset(64 * KIB);
    for (capacity, is_kept) in
        [(64 * KIB - 1, false), (64 * KIB, true), (128 * KIB - 1, true), (128 * KIB, false)]
    {
        assert_eq!(plan.keeps(capacity), is_kept, "{capacity}");
    }
}

proptest! {
    /// The promise of the crate's docs: where the largest requests of all windows differ by at most a
    /// half, in whatever order and after whatever history, the load settles on one chunk.
    ///
    /// A chunk that is replaced because it is too small covers the smallest mark, so the first
    /// replacement covers more than 1.25 times that and the second more than 1.5 times. Each takes
    /// the chunk of the request that overflows and a fresh one; one more is made when the history
    /// is forgotten.
    #[test]
    fn windows_that_differ_by_half_settle(
        history in prop::collection::vec(0_usize..1 << 24, 0..100),
        smallest in FLOOR..1 << 24,
        windows in prop::collection::vec(
            (0.0..=1.0_f64, prop::collection::vec(0.0..=1.0_f64, WINDOW as usize), 0..WINDOW as usize),
            1..60,
        ),
    ) {
        let mut sizes = Sizes::new();
        for used in history {
            sizes.request(used);
        }
        for _ in 0..=MEMORY {
            sizes.request(smallest);
        }
        while sizes.retention.left != WINDOW {
            sizes.request(smallest);
        }
        let before = sizes.calls;
        for (fraction, others, at) in windows {
            let largest = smallest + (fraction * (smallest / 2) as f64) as usize;
            for (i, share) in others.into_iter().enumerate() {
                sizes.request(if i == at { largest } else { (share * largest as f64) as usize });
            }
        }
        prop_assert!(sizes.calls - before <= 5, "{} calls", sizes.calls - before);
    }

    /// An arena at rest keeps at most twice the previous mark (or the floor).
    #[test]
    fn rest_bounded_by_the_previous_mark(
        uses in prop::collection::vec(0_usize..1 << 30, 1..200),
        capacity in 0_usize..1 << 32,
    ) {
        let mut retention = Retention::new(0);
        for used in uses {
            let before = retention.mark();
            let plan = retention.on_reset(used);
            if before > 0 && plan.keeps(capacity) {
                prop_assert!(capacity <= (2 * before.min(retention.mark())).max(FLOOR));
            }
        }
    }

    /// Whatever came before, two windows of smaller uses leave no trace of it.
    #[test]
    fn history_forgotten(
        uses in prop::collection::vec(0_usize..1 << 40, 0..100),
        usual in 1_usize..1 << 30,
    ) {
        let mut retention = Retention::new(0);
        for used in uses {
            retention.on_reset(used);
        }
        let mut last = retention.on_reset(usual);
        for _ in 0..MEMORY {
            last = retention.on_reset(usual);
        }
        prop_assert_eq!(retention.mark(), usual);
        prop_assert_eq!(last, Plan::new(usual, usual));
        prop_assert!(last.keeps(last.target().max(FLOOR)) || last.target() < FLOOR);
    }

    /// What a plan asks for is what the next one keeps, as long as the load stays.
    #[test]
    fn fresh_chunk_kept(used in 0_usize..1 << 40) {
        let mut retention = Retention::new(0);
        let target = retention.on_reset(used).target();
        prop_assert!(retention.on_reset(used).keeps(target));
    }

    /// The mark never exceeds the largest use, and only an outlier stays below the use just seen.
    #[test]
    fn mark_between_its_bounds(uses in prop::collection::vec(0_usize..1 << 24, 1..300)) {
        let mut retention = Retention::new(0);
        let mut largest = 0;
        for used in uses {
            largest = largest.max(used);
            let before = retention.mark();
            retention.on_reset(used);
            prop_assert!(retention.mark() <= largest);
            prop_assert!(retention.mark() >= used || used > OUTLIER * before);
        }
    }
}

#[test]
fn usual_requests_are_those_up_to_the_mark_until_the_window_turns() {
    let mut retention = Retention::new(KIB);
    assert!(!retention.counts_as_usual(KIB + 1));
    for _ in 1..WINDOW {
        assert!(retention.counts_as_usual(KIB));
    }
    assert!(!retention.counts_as_usual(KIB), "the last one turns it");
}

proptest! {
    /// On this and the next the quick way of `Arena::reset` relies.
    #[test]
    fn chunk_that_a_reset_keeps_is_kept_after_usual_requests(
        uses in prop::collection::vec(0_usize..100 * KIB, 1..100),
        capacity in 0_usize..250 * KIB,
    ) {
        let mut retention = Retention::new(0);
        for used in uses {
            let plan = retention.on_reset(used);
            let usual = Plan::new(retention.mark(), retention.mark());
            for capacity in [capacity, used, plan.target(), retention.mark(), plan.max] {
                prop_assert!(!plan.keeps(capacity) || usual.keeps(capacity), "{} {}", used, capacity);
            }
        }
    }

    #[test]
    fn usual_request_counts_as_any_other(uses in prop::collection::vec(0..4 * KIB, 1..100)) {
        let (mut quick, mut slow) = (Retention::new(0), Retention::new(0));
        for used in uses {
            slow.on_reset(used);
            if !quick.counts_as_usual(used) {
                quick.on_reset(used);
            }
            let parts = |of: &Retention| (of.window_peak, of.previous_peak, of.outlier, of.left, of.seasoned);
            prop_assert_eq!(parts(&quick), parts(&slow));
        }
    }
}
