//! Under construction.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod error;
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
pub use ratoon_reset::Reset;
