//! `flate2`: the states of its in-memory streams, which are expensive to create.

use flate2::{Compress, Decompress};

use crate::Reset;

/// The window, its hash chains and the pending output, by the formula of zlib's `zconf.h` for the default window. A
/// compressor does not report its size or backend; `miniz_oxide` allocates 312 KiB.
const COMPRESS_BYTES: usize = 256 << 10;

/// The window, to which each backend adds tables of some KiB.
const DECOMPRESS_BYTES: usize = 32 << 10;

/// Returns to the start of a stream; an unfinished stream is abandoned. Level and format are configuration and stay; a
/// preset dictionary is forgotten. Allocates nothing.
///
/// `retained_bytes` is a constant near the true size: smaller windows than the default count in full.
// Errors list the same types whichever features are on.
#[diagnostic::do_not_recommend]
impl Reset for Compress {
    #[inline]
    fn reset(&mut self) {
        Compress::reset(self);
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        COMPRESS_BYTES
    }
}

/// Returns to the start of a **zlib** stream, as after `Decompress::new(true)`, because a decompressor does not report
/// its format. (With a backend of zlib, a decompressor made by `new_gzip` keeps expecting gzip.) For raw deflate
/// streams, write
/// `#[reset(with = reset_raw, bytes = Reset::retained_bytes)]`, where `reset_raw` calls `reset(false)`. A pool resets a
/// new object before its first use, so that a raw decompressor without it fails on the first stream, not on a later one.
///
/// `retained_bytes` is a constant near the true size.
#[diagnostic::do_not_recommend]
impl Reset for Decompress {
    #[inline]
    fn reset(&mut self) {
        Decompress::reset(self, true);
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        DECOMPRESS_BYTES
    }
}
