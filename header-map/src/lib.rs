//! Under construction.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod error;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "httparse")]
mod httparse;
mod limits;
mod map;
mod name;
mod reset;
mod scan;
mod storage;
mod validate;
mod value;
mod wire;

pub use crate::error::{Error, NameExcerpt};
pub use crate::limits::Limits;
pub use crate::map::{
    Drain, Entry, GetAll, HeaderMap, Iter, Keys, OccupiedEntry, VacantEntry, Values,
};
pub use crate::name::known::header;
pub use crate::name::{AsHeaderName, HeaderName, Name};
pub use crate::value::{AsHeaderValue, Number, Sensitive, Value};
// The trait alone, and beside it the derive that names this crate: a user needs no other.
#[doc(inline)]
pub use ratoon_reset::__private::Reset;
#[cfg(feature = "derive")]
#[doc(inline)]
pub use ratoon_reset_derive::ResetForHeaderMap as Reset;

/// What the derive names. Not public API.
#[doc(hidden)]
pub mod __private {
    pub use ratoon_reset::__private::*;
}
