//! Strings as request handlers copy them: mostly short, some long.
//!
//! Their lengths are what a copy branches on, so the order counts as much as the lengths. Processors of
//! today learn the order of a table of 256 by heart, and of one of 4,096 in part: copies in such an
//! order take half the time of those in one that never repeats.

/// A table of strings, small enough to stay in the first-level cache together with what is measured.
#[derive(Debug)]
pub struct Texts(Vec<&'static str>);

/// A power of two, so that the choice of a string costs next to nothing.
const TEXTS: usize = 256;

impl Texts {
    /// 3 to 21 bytes, 12 on average.
    pub fn short() -> Texts {
        Texts::between(3, 21)
    }

    /// 3 to 200 bytes.
    pub fn mixed() -> Texts {
        Texts::between(3, 200)
    }

    fn between(shortest: usize, longest: usize) -> Texts {
        let mut random = Random(0x5eed);
        let source: String = ('a'..='z').cycle().take(longest + 26).collect();
        let source: &'static str = source.leak();
        let text = |_| {
            let start = random.next() as usize % 26;
            let len = shortest + random.next() as usize % (longest - shortest + 1);
            &source[start..start + len]
        };
        Texts((0..TEXTS).map(text).collect())
    }

    /// The string for the operation `i`, in an order that never repeats.
    #[inline]
    pub fn at(&self, i: u64) -> &'static str {
        self.0[Random(i).next() as usize % TEXTS]
    }

    /// The string for the operation `i`, in an order that repeats after 256.
    #[inline]
    pub fn in_order(&self, i: u64) -> &'static str {
        self.0[i as usize % TEXTS]
    }
}

/// A small generator (splitmix64), the same on every machine.
#[derive(Debug)]
pub struct Random(pub u64);

impl Random {
    /// The next number.
    #[inline]
    #[expect(clippy::should_implement_trait, reason = "an endless generator needs no `Option`")]
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}
