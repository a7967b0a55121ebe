//! Compression states: after a reset, the output is that of a fresh state.

/// Compressible, and different for each seed.
fn text(seed: u32, len: usize) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        b"abcdefgh"[state as usize >> 29]
    };
    (0..len).map(|_| next()).collect()
}

#[cfg(feature = "flate2")]
mod flate2 {
    use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
    use ratoon_reset::Reset;

    use super::text;

    fn compress(state: &mut Compress, input: &[u8]) -> Vec<u8> {
        let mut output = Vec::with_capacity(input.len() + 100);
        let status = state.compress_vec(input, &mut output, FlushCompress::Finish).unwrap();
        assert_eq!(status, Status::StreamEnd);
        output
    }

    fn decompress(state: &mut Decompress, input: &[u8], len: usize) -> Vec<u8> {
        let mut output = Vec::with_capacity(len);
        let status = state.decompress_vec(input, &mut output, FlushDecompress::Finish).unwrap();
        assert_eq!(status, Status::StreamEnd);
        output
    }

    #[test]
    fn a_reset_compressor_compresses_like_a_fresh_one_of_its_level_and_format() {
        for (level, zlib_header) in [(1, true), (6, true), (9, false)] {
            let make = || Compress::new(Compression::new(level), zlib_header);
            let mut state = make();
            for seed in 1..4 {
                // An unfinished stream, then a finished one.
                let mut output = Vec::with_capacity(64);
                state.compress_vec(&text(9, 5_000), &mut output, FlushCompress::None).unwrap();
                assert!(state.total_in() > 0);
                Reset::reset(&mut state);
                assert!(state.total_in() == 0 && state.total_out() == 0 && state.reusable());
                let input = text(seed, 20_000);
                assert_eq!(compress(&mut state, &input), compress(&mut make(), &input));
                Reset::reset(&mut state);
            }
        }
    }

    #[test]
    fn a_reset_decompressor_starts_a_zlib_stream() {
        let input = text(3, 20_000);
        let packed = compress(&mut Compress::new(Compression::default(), true), &input);
        for zlib_header in [true, false] {
            let mut state = Decompress::new(zlib_header);
            let mut output = Vec::with_capacity(input.len());
            // Cut off, and garbage: the error is abandoned too.
            let _ = state.decompress_vec(&packed[..99], &mut output, FlushDecompress::None);
            let _ = state.decompress_vec(&[0xff; 99], &mut output, FlushDecompress::None);
            Reset::reset(&mut state);
            assert!(state.total_in() == 0 && state.total_out() == 0 && state.reusable());
            assert_eq!(decompress(&mut state, &packed, input.len()), input);
        }
    }
}

#[cfg(feature = "zstd")]
mod zstd {
    use ratoon_reset::Reset;
    use zstd::stream::raw::{InBuffer, OutBuffer};
    use zstd::zstd_safe::{CCtx, CParameter, DCtx, compress_bound};

    use super::text;

    fn make() -> CCtx<'static> {
        let mut context = CCtx::create();
        context.set_parameter(CParameter::CompressionLevel(7)).unwrap();
        context.set_parameter(CParameter::ChecksumFlag(true)).unwrap();
        context
    }

    fn compress(context: &mut CCtx<'_>, input: &[u8]) -> Vec<u8> {
        let mut output = Vec::with_capacity(compress_bound(input.len()));
        context.compress2(&mut output, input).unwrap();
        output
    }

    #[test]
    fn a_reset_compressor_compresses_like_a_fresh_one_of_its_parameters() {
        let mut context = make();
        for seed in 1..4 {
            // A frame that is not finished.
            let (unfinished, mut buffer) = (text(9, 5_000), [0; 64]);
            let mut output = OutBuffer::around(&mut buffer[..]);
            context.compress_stream(&mut output, &mut InBuffer::around(&unfinished)).unwrap();
            // Refused in the middle of a frame.
            let checksum = CParameter::ChecksumFlag(true);
            assert!(context.set_parameter(checksum).is_err());
            Reset::reset(&mut context);
            assert!(context.set_parameter(checksum).is_ok());
            let input = text(seed, 20_000);
            assert_eq!(compress(&mut context, &input), compress(&mut make(), &input));
            Reset::reset(&mut context);
            assert!(context.reusable());
        }
    }

    #[test]
    fn a_reset_decompressor_starts_a_frame() {
        let (input, mut context) = (text(3, 20_000), DCtx::create());
        let packed = compress(&mut make(), &input);
        let mut buffer = vec![0; input.len()];
        let mut output = OutBuffer::around(&mut buffer[..]);
        context.decompress_stream(&mut output, &mut InBuffer::around(&packed[..99])).unwrap();
        Reset::reset(&mut context);
        let mut output = OutBuffer::around(&mut buffer[..]);
        let left = context.decompress_stream(&mut output, &mut InBuffer::around(&packed)).unwrap();
        assert_eq!((left, output.as_slice()), (0, &input[..]));
        Reset::reset(&mut context);
        assert!(context.reusable() && context.retained_bytes() > 0);
    }

    #[test]
    fn what_a_large_input_leaves_is_counted() {
        let mut context = make();
        compress(&mut context, &text(1, 4_000));
        Reset::reset(&mut context);
        let small = context.retained_bytes();
        compress(&mut context, &text(1, 4_000_000));
        Reset::reset(&mut context);
        // Tables for a window of this size alone exceed the default bound of a pool.
        assert!(context.retained_bytes() > 1 << 20 && context.retained_bytes() > 2 * small);
    }
}
