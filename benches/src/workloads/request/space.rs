//! Where a request's scratch lives: on the heap, value by value, or in an arena.

use std::fmt;
use std::io;
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
pub trait Space<'a> {
    /// A string.
    type Str: Deref<Target = str> + Serialize;
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

    /// A buffer that will hold about `bytes`; who allocates naively does not care.
    fn buffer(&mut self, bytes: usize) -> Self::Buffer<'_>;
}

/// Appends, and is finished.
pub trait Buffer<B>: BufMut + io::Write {
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
    type Buffer<'f> = HeapBuffer;

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
    fn buffer(&mut self, _: usize) -> HeapBuffer {
        HeapBuffer(Vec::new())
    }
}

/// A vector that grows from empty.
#[derive(Debug)]
pub struct HeapBuffer(Vec<u8>);

impl Buffer<Vec<u8>> for HeapBuffer {
    #[inline]
    fn finish(self) -> Vec<u8> {
        self.0
    }
}

impl io::Write for HeapBuffer {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    #[inline]
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

// SAFETY: every method passes on to the vector's own implementation.
unsafe impl BufMut for HeapBuffer {
    #[inline]
    fn remaining_mut(&self) -> usize {
        self.0.remaining_mut()
    }

    #[inline]
    unsafe fn advance_mut(&mut self, count: usize) {
        // SAFETY: the caller's promise is the same.
        unsafe { self.0.advance_mut(count) };
    }

    #[inline]
    fn chunk_mut(&mut self) -> &mut bytes::buf::UninitSlice {
        self.0.chunk_mut()
    }

    #[inline]
    fn put_slice(&mut self, source: &[u8]) {
        self.0.extend_from_slice(source);
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
    fn buffer(&mut self, bytes: usize) -> Frame<'_, 'a> {
        self.frame(bytes)
    }
}

impl<'a> Buffer<&'a mut [u8]> for Frame<'_, 'a> {
    #[inline]
    fn finish(self) -> &'a mut [u8] {
        self.finish()
    }
}
