//! Ratoon, the published arenas, and naive allocation.

use std::hint::black_box;
use std::ops::{Deref, DerefMut};

use blink_alloc::{Blink, BlinkAlloc};
use bump_scope::{Bump as ScopeBump, BumpString, BumpVec};
use bumpalo::Bump;

use super::adapter::{AnyArena, Visitor};
use crate::harness::Kind;

/// Visits Ratoon, every peer that resets, and naive allocation.
pub(in crate::workloads) fn visit(visitor: &mut impl Visitor) {
    visitor.visit::<ratoon_arena::Arena>();
    visitor.visit::<Bump>();
    visitor.visit::<ScopeBump>();
    visitor.visit::<Blink<BlinkAlloc>>();
    visitor.visit::<multitude::Arena>();
    visitor.visit::<Naive>();
}

impl AnyArena for ratoon_arena::Arena {
    const NAME: &'static str = "ratoon";
    const KIND: Kind = Kind::Ratoon;

    fn with_capacity(bytes: usize) -> Self {
        ratoon_arena::Arena::with_capacity(bytes)
    }

    #[inline]
    fn reset(&mut self) {
        self.reset();
    }

    #[inline]
    fn alloc<'a, T: Copy + 'a>(&'a self, value: T) -> impl DerefMut<Target = T> + 'a {
        self.alloc(value)
    }

    #[inline]
    fn alloc_str<'a>(&'a self, text: &str) -> impl DerefMut<Target = str> + 'a {
        self.alloc_str(text)
    }

    #[inline]
    fn alloc_bytes<'a>(&'a self, bytes: &[u8]) -> impl DerefMut<Target = [u8]> + 'a {
        self.alloc_slice_copy(bytes)
    }

    #[inline]
    fn grow_vec<'a>(
        &'a self,
        values: impl Iterator<Item = u64>,
    ) -> impl DerefMut<Target = [u64]> + 'a {
        let mut vec = self.vec(0);
        for value in values {
            vec.push(value);
        }
        vec
    }

    #[inline]
    fn grow_string<'a, 's>(
        &'a self,
        pieces: impl Iterator<Item = &'s str>,
    ) -> impl DerefMut<Target = str> + 'a {
        let mut text = self.string(0);
        for piece in pieces {
            text.push_str(piece);
        }
        text
    }
}

impl AnyArena for Bump {
    const NAME: &'static str = "bumpalo";
    const KIND: Kind = Kind::Peer;

    fn with_capacity(bytes: usize) -> Self {
        Bump::with_capacity(bytes)
    }

    #[inline]
    fn reset(&mut self) {
        self.reset();
    }

    #[inline]
    fn alloc<'a, T: Copy + 'a>(&'a self, value: T) -> impl DerefMut<Target = T> + 'a {
        self.alloc(value)
    }

    #[inline]
    fn alloc_str<'a>(&'a self, text: &str) -> impl DerefMut<Target = str> + 'a {
        self.alloc_str(text)
    }

    #[inline]
    fn alloc_bytes<'a>(&'a self, bytes: &[u8]) -> impl DerefMut<Target = [u8]> + 'a {
        self.alloc_slice_copy(bytes)
    }

    #[inline]
    fn grow_vec<'a>(
        &'a self,
        values: impl Iterator<Item = u64>,
    ) -> impl DerefMut<Target = [u64]> + 'a {
        let mut vec = bumpalo::collections::Vec::new_in(self);
        for value in values {
            vec.push(value);
        }
        vec
    }

    #[inline]
    fn grow_string<'a, 's>(
        &'a self,
        pieces: impl Iterator<Item = &'s str>,
    ) -> impl DerefMut<Target = str> + 'a {
        let mut text = bumpalo::collections::String::new_in(self);
        for piece in pieces {
            text.push_str(piece);
        }
        text
    }
}

impl AnyArena for ScopeBump {
    const NAME: &'static str = "bump-scope";
    const KIND: Kind = Kind::Peer;

    fn with_capacity(bytes: usize) -> Self {
        ScopeBump::with_size(bytes)
    }

    #[inline]
    fn reset(&mut self) {
        self.reset();
    }

    #[inline]
    fn alloc<'a, T: Copy + 'a>(&'a self, value: T) -> impl DerefMut<Target = T> + 'a {
        self.alloc(value)
    }

    #[inline]
    fn alloc_str<'a>(&'a self, text: &str) -> impl DerefMut<Target = str> + 'a {
        self.alloc_str(text)
    }

    #[inline]
    fn alloc_bytes<'a>(&'a self, bytes: &[u8]) -> impl DerefMut<Target = [u8]> + 'a {
        self.alloc_slice_copy(bytes)
    }

    #[inline]
    fn grow_vec<'a>(
        &'a self,
        values: impl Iterator<Item = u64>,
    ) -> impl DerefMut<Target = [u64]> + 'a {
        let mut vec = BumpVec::new_in(self);
        for value in values {
            vec.push(value);
        }
        vec
    }

    #[inline]
    fn grow_string<'a, 's>(
        &'a self,
        pieces: impl Iterator<Item = &'s str>,
    ) -> impl DerefMut<Target = str> + 'a {
        let mut text = BumpString::new_in(self);
        for piece in pieces {
            text.push_str(piece);
        }
        text
    }
}

impl AnyArena for Blink<BlinkAlloc> {
    const NAME: &'static str = "blink-alloc";
    const KIND: Kind = Kind::Peer;

    fn with_capacity(bytes: usize) -> Self {
        Blink::with_chunk_size(bytes)
    }

    #[inline]
    fn reset(&mut self) {
        self.reset();
    }

    #[inline]
    fn alloc<'a, T: Copy + 'a>(&'a self, value: T) -> impl DerefMut<Target = T> + 'a {
        self.put_no_drop(value)
    }

    #[inline]
    fn alloc_str<'a>(&'a self, text: &str) -> impl DerefMut<Target = str> + 'a {
        self.copy_str(text)
    }

    #[inline]
    fn alloc_bytes<'a>(&'a self, bytes: &[u8]) -> impl DerefMut<Target = [u8]> + 'a {
        self.copy_slice(bytes)
    }

    #[inline]
    fn grow_vec<'a>(
        &'a self,
        values: impl Iterator<Item = u64>,
    ) -> impl DerefMut<Target = [u64]> + 'a {
        let mut vec = allocator_api2::vec::Vec::new_in(self.allocator());
        for value in values {
            vec.push(value);
        }
        vec
    }

    #[inline]
    fn grow_string<'a, 's>(
        &'a self,
        pieces: impl Iterator<Item = &'s str>,
    ) -> impl DerefMut<Target = str> + 'a {
        let mut bytes = allocator_api2::vec::Vec::new_in(self.allocator());
        for piece in pieces {
            bytes.extend_from_slice(piece.as_bytes());
        }
        Utf8(bytes)
    }
}

impl AnyArena for multitude::Arena {
    const NAME: &'static str = "multitude";
    const KIND: Kind = Kind::Peer;

    fn with_capacity(bytes: usize) -> Self {
        multitude::Arena::builder().with_capacity(bytes).build()
    }

    #[inline]
    fn reset(&mut self) {
        self.reset();
    }

    #[inline]
    fn alloc<'a, T: Copy + 'a>(&'a self, value: T) -> impl DerefMut<Target = T> + 'a {
        self.alloc(value)
    }

    #[inline]
    fn alloc_str<'a>(&'a self, text: &str) -> impl DerefMut<Target = str> + 'a {
        self.alloc_str(text)
    }

    #[inline]
    fn alloc_bytes<'a>(&'a self, bytes: &[u8]) -> impl DerefMut<Target = [u8]> + 'a {
        self.alloc_slice_copy(bytes)
    }

    #[inline]
    fn grow_vec<'a>(
        &'a self,
        values: impl Iterator<Item = u64>,
    ) -> impl DerefMut<Target = [u64]> + 'a {
        let mut vec = self.alloc_vec();
        for value in values {
            vec.push(value);
        }
        vec
    }

    #[inline]
    fn grow_string<'a, 's>(
        &'a self,
        pieces: impl Iterator<Item = &'s str>,
    ) -> impl DerefMut<Target = str> + 'a {
        let mut text = MultitudeString(self.alloc_string());
        for piece in pieces {
            text.0.push_str(piece);
        }
        text
    }
}

/// Boxes, strings and vectors from the global allocator.
#[derive(Debug)]
pub(super) struct Naive;

impl AnyArena for Naive {
    const NAME: &'static str = "malloc";
    const KIND: Kind = Kind::Malloc;

    fn with_capacity(_: usize) -> Self {
        Naive
    }

    #[inline]
    fn reset(&mut self) {
        black_box(self);
    }

    #[inline]
    fn alloc<'a, T: Copy + 'a>(&'a self, value: T) -> impl DerefMut<Target = T> + 'a {
        Box::new(value)
    }

    #[inline]
    fn alloc_str<'a>(&'a self, text: &str) -> impl DerefMut<Target = str> + 'a {
        text.to_owned()
    }

    #[inline]
    fn alloc_bytes<'a>(&'a self, bytes: &[u8]) -> impl DerefMut<Target = [u8]> + 'a {
        bytes.to_vec()
    }

    #[inline]
    fn grow_vec<'a>(
        &'a self,
        values: impl Iterator<Item = u64>,
    ) -> impl DerefMut<Target = [u64]> + 'a {
        let mut vec = Vec::new();
        for value in values {
            vec.push(value);
        }
        vec
    }

    #[inline]
    fn grow_string<'a, 's>(
        &'a self,
        pieces: impl Iterator<Item = &'s str>,
    ) -> impl DerefMut<Target = str> + 'a {
        let mut text = String::new();
        for piece in pieces {
            text.push_str(piece);
        }
        text
    }
}

/// A vector of bytes that only strings were pushed to, for arenas without a string type.
#[derive(Debug)]
struct Utf8<V>(V);

impl<V: Deref<Target = [u8]>> Deref for Utf8<V> {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        // SAFETY: only whole strings were pushed.
        unsafe { str::from_utf8_unchecked(&self.0) }
    }
}

impl<V: DerefMut<Target = [u8]>> DerefMut for Utf8<V> {
    #[inline]
    fn deref_mut(&mut self) -> &mut str {
        // SAFETY: only whole strings were pushed, and a `&mut str` keeps them whole.
        unsafe { str::from_utf8_unchecked_mut(&mut self.0) }
    }
}

/// multitude's string, which dereferences by method only.
struct MultitudeString<'a>(multitude::strings::String<'a>);

impl Deref for MultitudeString<'_> {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        self.0.as_str()
    }
}

impl DerefMut for MultitudeString<'_> {
    #[inline]
    fn deref_mut(&mut self) -> &mut str {
        self.0.as_mut_str()
    }
}
