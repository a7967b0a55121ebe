//! What a value is after `reset`, by kind of type.
#![forbid(unsafe_code)]

mod capacity;
mod cells;
mod check;
mod collections;
mod compound;
#[cfg(any(feature = "flate2", feature = "zstd"))]
mod compression;
mod dyn_reset;
mod foreign;
mod locks;
mod not_implemented;
mod panicking_drop;
mod pointers;
mod properties;
mod strings;
mod values;
mod zeroize;

use ratoon_reset::Reset;

/// `value` after a reset.
fn after_reset<T: Reset>(mut value: T) -> T {
    value.reset();
    value
}

/// A type that counts how often it was reset, may not be reusable, and claims to hold memory.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
struct Probe {
    resets: u32,
    spoilt: bool,
    bytes: usize,
}

impl Probe {
    const SPOILT: Self = Self { resets: 0, spoilt: true, bytes: 0 };

    fn holding(bytes: usize) -> Self {
        Self { bytes, ..Self::default() }
    }
}

impl Reset for Probe {
    fn reset(&mut self) {
        self.resets += 1;
    }

    fn reusable(&self) -> bool {
        !self.spoilt
    }

    fn retained_bytes(&self) -> usize {
        self.bytes
    }
}

/// Implements nothing at all: what a container of it offers is asked of the container alone.
struct Opaque;
