//! Which types go over threads.

use static_assertions::assert_impl_all;

use core::panic::{RefUnwindSafe, UnwindSafe};
use ratoon_header_map::{
    BodyLength, Drain, Entry, Error, FramingError, GetAll, HeaderMap, HeaderName, Iter, Keys,
    Limits, ListElements, Name, NameExcerpt, OccupiedEntry, ParseError, ParseErrorKind, Parsed,
    Progress, RequestHead, ResponseHead, Sensitive, VacantEntry, Value, Values, Version,
};

assert_impl_all!(HeaderMap: Send, Sync, Unpin, UnwindSafe, RefUnwindSafe, Clone, Default, Eq);
assert_impl_all!(HeaderName: Send, Sync, Unpin, UnwindSafe, Copy);
assert_impl_all!(Name<'static>: Send, Sync, Unpin, UnwindSafe, Copy);
assert_impl_all!(Value<'static>: Send, Sync, Unpin, UnwindSafe, Copy);
assert_impl_all!(Iter<'static>: Send, Sync, Unpin, UnwindSafe, Clone, ExactSizeIterator, DoubleEndedIterator);
assert_impl_all!(Values<'static>: Send, Sync, Unpin, UnwindSafe, Clone, ExactSizeIterator, DoubleEndedIterator);
assert_impl_all!(Keys<'static>: Send, Sync, Unpin, UnwindSafe, Clone, DoubleEndedIterator);
assert_impl_all!(GetAll<'static>: Send, Sync, Unpin, UnwindSafe, Clone, DoubleEndedIterator);
assert_impl_all!(ratoon_header_map::Separator: Send, Sync, Copy, Eq);
assert_impl_all!(ListElements<'static>: Send, Sync, Unpin, UnwindSafe, Clone);
assert_impl_all!(Drain<'static>: Send, Sync, Unpin, ExactSizeIterator, DoubleEndedIterator);
assert_impl_all!(Entry<'static, &str>: Send, Sync, Unpin);
assert_impl_all!(OccupiedEntry<'static, &str>: Send, Sync, Unpin);
assert_impl_all!(VacantEntry<'static, &str>: Send, Sync, Unpin);
assert_impl_all!(Error: Send, Sync, Unpin, UnwindSafe, Clone, std::error::Error);
assert_impl_all!(NameExcerpt: Send, Sync, Copy);
assert_impl_all!(Parsed<RequestHead<'static>>: Send, Sync, Unpin, UnwindSafe, Copy, Eq);
assert_impl_all!(Parsed<ResponseHead<'static>>: Send, Sync, Unpin, UnwindSafe, Copy, Eq);
assert_impl_all!(Progress: Send, Sync, Unpin, UnwindSafe, Clone, Default, Eq);
assert_impl_all!(Version: Send, Sync, Copy, Eq, Ord);
assert_impl_all!(BodyLength: Send, Sync, Copy, Eq);
assert_impl_all!(FramingError: Send, Sync, Copy, Eq, std::error::Error);
assert_impl_all!(ParseError: Send, Sync, Unpin, UnwindSafe, Clone, Eq, std::error::Error);
assert_impl_all!(ParseErrorKind: Send, Sync, Unpin, UnwindSafe, Clone, Eq);
assert_impl_all!(Limits: Send, Sync, Copy, Default);
assert_impl_all!(Sensitive<&str>: Send, Sync, Copy);

// What a sensitive value holds decides; nothing else here could hold what is not `Send`.
static_assertions::assert_not_impl_any!(Sensitive<*const u8>: Send, Sync);
// These could not fail, or could put line ends into a value.
static_assertions::assert_not_impl_any!(HeaderMap: Extend<(&'static str, &'static str)>, FromIterator<(&'static str, &'static str)>);
static_assertions::assert_not_impl_any!(HeaderMap: std::ops::Index<&'static str>, std::ops::Index<HeaderName>);
static_assertions::assert_not_impl_any!(Value<'static>: AsMut<[u8]>, std::ops::DerefMut);
static_assertions::assert_not_impl_any!(Drain<'static>: Clone);

#[test]
fn map_in_a_constant() {
    const MAP: HeaderMap = HeaderMap::new().with_limits(Limits::new(4, 64)).with_erasure();
    static EMPTY: HeaderMap = HeaderMap::new();
    assert!(EMPTY.is_empty());
    assert_eq!(MAP.limits(), Limits::new(4, 64));
}
