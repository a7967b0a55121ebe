//! `Reset` for the types of core, alloc and std, and behind features for those of other crates.

mod atomic;
mod cell;
mod compound;
mod option;
mod primitive;
mod wrapper;

#[cfg(feature = "alloc")]
mod boxed;
#[cfg(feature = "alloc")]
mod collections;
#[cfg(feature = "alloc")]
mod cow;
#[cfg(feature = "alloc")]
mod weak;

#[cfg(feature = "std")]
mod cursor;
#[cfg(feature = "std")]
mod hash;
#[cfg(feature = "std")]
mod lock;
#[cfg(feature = "std")]
mod os_string;

#[cfg(feature = "bumpalo")]
mod bumpalo;
#[cfg(feature = "bytes")]
mod bytes;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "smallvec")]
mod smallvec;
#[cfg(feature = "typed-arena")]
mod typed_arena;
