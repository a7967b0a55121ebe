//! Where a request's scratch lives: on the heap, value by value, or in an arena.

use std::fmt;
use std::ops::Deref;

use bytes::BufMut;
use ratoon_arena::{Arena, Frame, Scope};
use serde::Serialize;

/// Gives each request a [`Space`] and takes it back.
pub trait Scratch: Default + Send + 'static {
    /// What a request allocates from.
    type Space<'a>: Space<'a>;

    /// Begins a request.
    fn open(&mut self) -> Self::Space<'_>;

    /// Ends it.
    fn close(&mut self);
}

/// Strings, lists and buffers of one request.
pub trait Space<'a>: 'a {
    /// A string.
    type Str: Deref<Target = str> + Serialize + 'a;
    /// A list.
    type List<T: 'a>: Deref<Target = [T]>;
    /// Bytes that a buffer was finished to.
    type Bytes: Deref<Target = [u8]>;
    /// A buffer that is being written.
    type Buffer<'f>: Buffer<Self::Bytes>
    where
        Self: 'f;

    /// A copy of `text`.
    fn str(&self, text: &str) -> Self::Str;

    /// Formatted text.
    fn fmt(&self, arguments: fmt::Arguments<'_>) -> Self::Str;

    /// What `items` yields; how many there are is not known before.
    fn list<T: 'a>(&self, items: impl Iterator<Item = T>) -> Self::List<T>;

    /// `value` as JSON.
    fn json(&mut self, value: &impl Serialize) -> Self::Bytes;

    /// A buffer that will hold about `bytes`.
    fn buffer(&mut self, bytes: usize) -> Self::Buffer<'_>;
}

/// Why writing JSON cannot fail.
const WRITABLE: &str = "a reply is plain data, and a buffer takes everything";

/// Appends, and is finished.
pub trait Buffer<B>: BufMut {
    /// What was written.
    fn finish(self) -> B;
}

/// Naive allocation.
#[derive(Debug, Default)]
pub struct Heap;

impl Scratch for Heap {
    type Space<'a> = Heap;

    #[inline]
    fn open(&mut self) -> Heap {
        Heap
    }

    #[inline]
    fn close(&mut self) {}
}

impl<'a> Space<'a> for Heap {
    type Str = String;
    type List<T: 'a> = Vec<T>;
    type Bytes = Vec<u8>;
    type Buffer<'f> = Vec<u8>;

    #[inline]
    fn str(&self, text: &str) -> String {
        text.to_owned()
    }

    #[inline]
    fn fmt(&self, arguments: fmt::Arguments<'_>) -> String {
        fmt::format(arguments)
    }

    #[inline]
    fn list<T: 'a>(&self, items: impl Iterator<Item = T>) -> Vec<T> {
        items.collect()
    }

    #[inline]
    fn json(&mut self, value: &impl Serialize) -> Vec<u8> {
        serde_json::to_vec(value).expect(WRITABLE)
    }

    #[inline]
    fn buffer(&mut self, bytes: usize) -> Vec<u8> {
        Vec::with_capacity(bytes)
    }
}

impl Buffer<Vec<u8>> for Vec<u8> {
    #[inline]
    fn finish(self) -> Vec<u8> {
        self
    }
}

impl Scratch for Arena {
    type Space<'a> = Scope<'a>;

    #[inline]
    fn open(&mut self) -> Scope<'_> {
        self.scope()
    }

    #[inline]
    fn close(&mut self) {
        self.reset();
    }
}

impl<'a> Space<'a> for Scope<'a> {
    type Str = &'a str;
    type List<T: 'a> = &'a [T];
    type Bytes = &'a mut [u8];
    type Buffer<'f>
        = Frame<'f, 'a>
    where
        Self: 'f;

    #[inline]
    fn str(&self, text: &str) -> &'a str {
        self.alloc_str(text)
    }

    #[inline]
    fn fmt(&self, arguments: fmt::Arguments<'_>) -> &'a str {
        self.alloc_fmt(arguments)
    }

    #[inline]
    fn list<T: 'a>(&self, items: impl Iterator<Item = T>) -> &'a [T] {
        self.alloc_slice_fill_iter(items)
    }

    #[inline]
    fn json(&mut self, value: &impl Serialize) -> &'a mut [u8] {
        let mut frame = self.frame(JSON);
        serde_json::to_writer(&mut frame, value).expect(WRITABLE);
        frame.finish()
    }

    #[inline]
    fn buffer(&mut self, bytes: usize) -> Frame<'_, 'a> {
        self.frame(bytes)
    }
}

/// What most replies fit in. In an arena a reserve costs nothing: what is not used is given back.
const JSON: usize = 512;

impl<'a> Buffer<&'a mut [u8]> for Frame<'_, 'a> {
    #[inline]
    fn finish(self) -> &'a mut [u8] {
        self.finish()
    }
}
