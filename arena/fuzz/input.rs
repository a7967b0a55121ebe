//! What the bytes of the fuzzer mean. The fuzz targets and the test that replays their corpora share
//! this file.

use super::program::{Op, Start};

/// Arguments of `arithmetic::check`.
pub(crate) fn bump(bytes: &[u8]) -> (usize, usize, usize, u32) {
    let mut input = Input(bytes);
    (input.word(), input.word(), input.word(), input.byte().into())
}

/// Arguments of `program::check`: where the arena begins, its limit, the operations.
pub(crate) fn program(bytes: &[u8]) -> (Start, usize, Vec<Op>) {
    let mut input = Input(bytes);
    let start = match input.byte() % 3 {
        0 => Start::New,
        1 => Start::Capacity(input.size()),
        _ => Start::FirstChunk(input.size()),
    };
    let limit = if input.byte() % 4 == 0 { input.size() } else { usize::MAX };
    (start, limit, input.ops(0))
}

/// The bytes that have not been used yet; zeros follow.
struct Input<'a>(&'a [u8]);

impl Input<'_> {
    /// Operations up to the end of the input or of the scope.
    fn ops(&mut self, depth: usize) -> Vec<Op> {
        let mut ops = Vec::new();
        while !self.0.is_empty() && ops.len() < 200 {
            ops.push(match self.byte() % 10 {
                0 | 1 => Op::Alloc { size: self.size(), align: self.align() },
                2 => Op::Grow { which: self.byte().into(), by: self.size(), align: self.align() },
                3 => Op::Shrink { which: self.byte().into(), by: self.size(), align: self.align() },
                4 => Op::Free { which: self.byte().into() },
                5 => Op::Defer,
                6 if depth < 4 => Op::Child(self.ops(depth + 1)),
                6 => break,
                8 => Op::Text { len: self.byte().into() },
                9 => Op::Build { len: self.byte().into(), pieces: (self.byte() % 32).into() },
                _ if depth > 0 => break,
                _ => Op::Reset,
            });
        }
        ops
    }

    fn byte(&mut self) -> u8 {
        let Some((&first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        first
    }

    fn word(&mut self) -> usize {
        (0..size_of::<usize>()).fold(0, |word, i| word | usize::from(self.byte()) << (8 * i))
    }

    /// Small sizes mostly, and some of many chunks.
    fn size(&mut self) -> usize {
        let (low, high) = (usize::from(self.byte()), self.byte());
        if high < 200 { low } else { low << (high % 9) }
    }

    /// The exponent of an alignment: up to 16 mostly, and up to two pages.
    fn align(&mut self) -> u32 {
        let byte = self.byte();
        u32::from(if byte < 220 { byte % 5 } else { byte % 14 })
    }
}
