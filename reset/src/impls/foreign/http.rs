//! `http`.

use core::mem;

use http::header::HeaderName;
use http::{
    Extensions, HeaderMap, Method, Request, Response, StatusCode, Uri, Version, request, response,
};

use crate::Reset;

/// What an entry of a header map holds beside name and value: a padded hash (8), links to further
/// values of the same name (24), and its share of the index (4 bytes for each 3/4 of an entry).
const ENTRY_OVERHEAD_BYTES: usize = 37;

/// Cleared, capacity kept; a map that went into its collision-resistant mode leaves it.
/// `retained_bytes` is an estimate from the capacity and does not know the list of further values.
/// If the `Drop` of a value panics, the map must not be used again.
impl<T> Reset for HeaderMap<T> {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        let entry = size_of::<HeaderName>() + size_of::<T>() + ENTRY_OVERHEAD_BYTES;
        self.capacity().saturating_mul(entry)
    }
}

/// Cleared: every value is dropped. The table is kept, and counts 0: its capacity cannot be asked.
impl Reset for Extensions {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }
}

macro_rules! reset_to_default {
    ($($ty:ty: $fresh:literal;)*) => {$(
        #[doc = concat!("Becomes ", $fresh, ".")]
        impl Reset for $ty {
            #[inline]
            fn reset(&mut self) {
                *self = Self::default();
            }
        }
    )*};
}

reset_to_default! {
    Method: "`GET`";
    StatusCode: "`200 OK`";
    Version: "`HTTP/1.1`";
    Uri: "`/`";
}

macro_rules! reset_parts {
    ($($parts:ty, $message:ident;)*) => {$(
        /// The parts of a new message. The capacity of headers and extensions is kept.
        impl Reset for $parts {
            #[inline]
            fn reset(&mut self) {
                self.headers.reset();
                self.extensions.reset();
                // The whole is assigned, which also resets a field that a later version adds.
                let (mut fresh, ()) = $message::new(()).into_parts();
                fresh.headers = mem::take(&mut self.headers);
                fresh.extensions = mem::take(&mut self.extensions);
                *self = fresh;
            }

            #[inline]
            fn retained_bytes(&self) -> usize {
                self.headers.retained_bytes()
            }
        }
    )*};
}

reset_parts! {
    request::Parts, Request;
    response::Parts, Response;
}

macro_rules! reset_message {
    ($message:ident, $($part:ident)*) => {
        /// A new message with the body reset. The capacity of headers and extensions is kept.
        impl<T: Reset> Reset for $message<T> {
            #[inline]
            fn reset(&mut self) {
                $(self.$part().reset();)*
                self.headers_mut().reset();
                self.extensions_mut().reset();
                self.body_mut().reset();
            }

            #[inline]
            fn reusable(&self) -> bool {
                self.body().reusable()
            }

            #[inline]
            fn retained_bytes(&self) -> usize {
                self.headers().retained_bytes().saturating_add(self.body().retained_bytes())
            }
        }
    };
}

reset_message! { Request, method_mut uri_mut version_mut }
reset_message! { Response, status_mut version_mut }
