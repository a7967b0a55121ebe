//! Guards of byte vectors and strings: buffers that freeze into `Bytes`.

use core::fmt;
use core::ops::Deref;
use std::io;

use bytes::buf::UninitSlice;
use bytes::{Buf, BufMut, Bytes};

use crate::{LocalPooled, Pooled, PooledArc};

impl Pooled<'static, Vec<u8>> {
    /// Turns what was written into [`Bytes`], without copying it.
    ///
    /// When the last clone or slice of them is dropped, on whatever thread, the vector is cleared and goes
    /// back to the pool, as if the guard were dropped there: with its capacity, or not at all if that is above
    /// [`max_retained_bytes`](crate::PoolBuilder::max_retained_bytes).
    ///
    /// Costs one small allocation, because [`Bytes::from_owner`] boxes its owner; none if nothing was written.
    /// Slices keep the whole vector from the pool, as slices of any `Bytes` do.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::io::Write;
    /// use bytes::{BufMut, Bytes};
    /// use ratoon_pool::Pool;
    ///
    /// static FRAMES: Pool<Vec<u8>> = Pool::new(Vec::new);
    ///
    /// let mut frame = FRAMES.get();
    /// frame.put_u16(5);
    /// write!(frame, "he{}o", "ll")?;
    /// let frame: Bytes = frame.freeze();
    /// let body = frame.slice(2..);
    /// drop(frame);
    /// assert_eq!(body, "hello");
    /// assert_eq!(FRAMES.stats().idle(), 0);
    ///
    /// drop(body); // the last one
    /// assert_eq!(FRAMES.stats().idle(), 1);
    /// assert!(FRAMES.get().is_empty());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use = "dropping the bytes puts the vector back at once"]
    pub fn freeze(self) -> Bytes {
        freeze(self)
    }
}

impl<F: Send + Sync + 'static> PooledArc<Vec<u8>, F> {
    /// Turns what was written into [`Bytes`], without copying it; see [`Pooled::freeze`]. The bytes keep
    /// the pool alive.
    #[must_use = "dropping the bytes puts the vector back at once"]
    pub fn freeze(self) -> Bytes {
        freeze(self)
    }
}

impl Pooled<'static, String> {
    /// Turns what was written into [`Bytes`], without copying it. Everything is as for a
    /// [pooled `Vec<u8>`](Pooled::freeze).
    ///
    /// # Examples
    ///
    /// ```
    /// use std::fmt::Write;
    /// use ratoon_pool::Pool;
    ///
    /// static PAGES: Pool<String> = Pool::new(String::new);
    ///
    /// /// What a template engine asks for.
    /// fn render(page: &mut impl Write, user: &str) -> std::fmt::Result {
    ///     write!(page, "<p>Hello, {user}!</p>")
    /// }
    ///
    /// let mut page = PAGES.get();
    /// render(&mut page, "Ada")?;
    /// let body = page.freeze();
    /// assert_eq!(body, "<p>Hello, Ada!</p>");
    /// drop(body);
    /// assert_eq!(PAGES.stats().idle(), 1);
    /// # Ok::<(), std::fmt::Error>(())
    /// ```
    #[must_use = "dropping the bytes puts the string back at once"]
    pub fn freeze(self) -> Bytes {
        freeze(self)
    }
}

impl<F: Send + Sync + 'static> PooledArc<String, F> {
    /// Turns what was written into [`Bytes`], without copying it. The bytes keep the pool alive.
    #[must_use = "dropping the bytes puts the string back at once"]
    pub fn freeze(self) -> Bytes {
        freeze(self)
    }
}

fn freeze<G: Deref<Target: AsRef<[u8]>> + Send + 'static>(guard: G) -> Bytes {
    struct Frozen<G>(G);
    impl<G: Deref<Target: AsRef<[u8]>>> AsRef<[u8]> for Frozen<G> {
        fn as_ref(&self) -> &[u8] {
            (*self.0).as_ref()
        }
    }
    let is_empty = (*guard).as_ref().is_empty();
    if is_empty { Bytes::new() } else { Bytes::from_owner(Frozen(guard)) }
}

/// What a vector can do, so that a guard of one can be passed where it is asked for.
macro_rules! buffer_traits {
    (impl[$($generics:tt)*] $guard:ty) => {
        // SAFETY: every method is the vector's, which keeps the contract. Beyond its length there may be bytes
        // of an earlier use; `UninitSlice` lets safe code write there, but not read.
        unsafe impl<$($generics)*> BufMut for $guard {
            #[inline]
            fn remaining_mut(&self) -> usize {
                (**self).remaining_mut()
            }

            #[inline]
            unsafe fn advance_mut(&mut self, count: usize) {
                // SAFETY: as the caller promises.
                unsafe { (**self).advance_mut(count) }
            }

            #[inline]
            fn chunk_mut(&mut self) -> &mut UninitSlice {
                (**self).chunk_mut()
            }

            #[inline]
            fn put<B: Buf>(&mut self, source: B) {
                (**self).put(source);
            }

            #[inline]
            fn put_slice(&mut self, source: &[u8]) {
                (**self).put_slice(source);
            }

            #[inline]
            fn put_bytes(&mut self, value: u8, count: usize) {
                (**self).put_bytes(value, count);
            }
        }

        impl<$($generics)*> io::Write for $guard {
            #[inline]
            fn write(&mut self, source: &[u8]) -> io::Result<usize> {
                (**self).write(source)
            }

            #[inline]
            fn write_vectored(&mut self, sources: &[io::IoSlice<'_>]) -> io::Result<usize> {
                (**self).write_vectored(sources)
            }

            #[inline]
            fn write_all(&mut self, source: &[u8]) -> io::Result<()> {
                (**self).write_all(source)
            }

            #[inline]
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }

        // For template engines, which write text. What cannot fail for a string cannot fail here.
        impl<$($generics)*> fmt::Write for $guard {
            #[inline]
            fn write_str(&mut self, text: &str) -> fmt::Result {
                self.extend_from_slice(text.as_bytes());
                Ok(())
            }
        }
    };
}

/// What a string can do, likewise.
macro_rules! text_traits {
    (impl[$($generics:tt)*] $guard:ty) => {
        impl<$($generics)*> fmt::Write for $guard {
            #[inline]
            fn write_str(&mut self, text: &str) -> fmt::Result {
                self.push_str(text);
                Ok(())
            }
        }
    };
}

buffer_traits!(impl[] Pooled<'_, Vec<u8>>);
buffer_traits!(impl[F] PooledArc<Vec<u8>, F>);
buffer_traits!(impl[F] LocalPooled<'_, Vec<u8>, F>);

text_traits!(impl[] Pooled<'_, String>);
text_traits!(impl[F] PooledArc<String, F>);
text_traits!(impl[F] LocalPooled<'_, String, F>);
