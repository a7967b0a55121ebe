//! Types of other crates, each crate behind the feature of its name.

/// Implements `Reset` for a lock, given how to look inside it without blocking.
#[cfg(any(feature = "parking_lot", feature = "tokio"))]
macro_rules! reset_lock {
    ($lock:ident, |$this:ident| $try_lock:expr) => {
        /// Resets what is inside. A lock whose guard was leaked would keep the next request waiting
        /// forever, so it is not reusable.
        impl<T: ?Sized + Reset> Reset for $lock<T> {
            #[inline]
            fn reset(&mut self) {
                self.get_mut().reset();
            }

            #[inline]
            fn reusable(&self) -> bool {
                let $this = self;
                $try_lock.is_some_and(|inside| inside.reusable())
            }

            #[inline]
            fn retained_bytes(&self) -> usize {
                let $this = self;
                $try_lock.map_or(0, |inside| inside.retained_bytes())
            }
        }
    };
}

#[cfg(any(feature = "bumpalo", feature = "typed-arena"))]
mod arenas;
#[cfg(feature = "arrayvec")]
mod arrayvec;
#[cfg(feature = "bytes")]
mod bytes;
#[cfg(feature = "flate2")]
mod flate2;
#[cfg(feature = "hashbrown")]
mod hashbrown;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "indexmap")]
mod indexmap;
#[cfg(feature = "parking_lot")]
mod parking_lot;
#[cfg(feature = "serde_json")]
mod serde_json;
#[cfg(feature = "smallvec")]
mod smallvec;
#[cfg(feature = "tokio")]
mod tokio;
#[cfg(feature = "uuid")]
mod uuid;
#[cfg(feature = "zstd")]
mod zstd;
