//! Strings, `Cow` and cursors.

use std::borrow::Cow;
use std::ffi::{CString, OsStr, OsString};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use ratoon_reset::Reset;

use crate::{Probe, after_reset};

const TEXT: &str = "long enough to be kept";

#[test]
fn strings_keep_their_capacity() {
    let text = after_reset(String::from(TEXT));
    assert!(text.is_empty() && text.capacity() >= TEXT.len());
    assert_eq!(text.retained_bytes(), text.capacity());
    let os = after_reset(OsString::from(TEXT));
    assert!(os.is_empty() && os.capacity() >= TEXT.len());
    assert_eq!(os.retained_bytes(), os.capacity());
    let path = after_reset(PathBuf::from(TEXT));
    assert!(path.as_os_str().is_empty() && path.capacity() >= TEXT.len());
    assert_eq!(path.retained_bytes(), path.capacity());
}

#[test]
fn an_owned_cow_stays_owned_and_keeps_its_capacity() {
    let text = after_reset(Cow::<str>::Owned(TEXT.into()));
    assert!(matches!(&text, Cow::Owned(owned) if owned.is_empty()));
    assert!(text.retained_bytes() >= TEXT.len());
    let list = after_reset(Cow::<[u32]>::Owned(vec![1, 2]));
    assert!(matches!(&list, Cow::Owned(owned) if owned.is_empty()));
    assert!(list.retained_bytes() >= 8);
    let os = after_reset(Cow::<OsStr>::Owned(TEXT.into()));
    assert!(matches!(&os, Cow::Owned(owned) if owned.is_empty() && owned.capacity() > 0));
    let path = after_reset(Cow::<Path>::Owned(TEXT.into()));
    assert!(matches!(&path, Cow::Owned(owned) if owned.as_os_str().is_empty()));
}

#[test]
fn a_borrowed_cow_lets_go_of_what_it_borrowed() {
    let secret = String::from(TEXT);
    let text = after_reset(Cow::Borrowed(secret.as_str()));
    assert!(matches!(text, Cow::Borrowed("")));
    assert_eq!(text.retained_bytes(), 0);
    assert!(matches!(after_reset(Cow::Borrowed(&[1_u32, 2][..])), Cow::Borrowed([])));
    let os = after_reset(Cow::Borrowed(OsStr::new(TEXT)));
    assert!(matches!(os, Cow::Borrowed(empty) if empty.is_empty()));
    let path = after_reset(Cow::Borrowed(Path::new(TEXT)));
    assert!(matches!(path, Cow::Borrowed(empty) if empty.as_os_str().is_empty()));
}

#[test]
fn a_cursor_goes_back_to_the_start_of_an_empty_buffer() {
    let mut cursor = Cursor::new(b"request".to_vec());
    cursor.read_exact(&mut [0; 4]).unwrap();
    cursor.reset();
    assert_eq!(cursor.position(), 0);
    assert!(cursor.get_ref().is_empty());
    assert!(cursor.retained_bytes() >= 7);
    assert!(cursor.reusable() && !Cursor::new(Probe::SPOILT).reusable());
}

#[test]
fn strings_without_capacity_become_empty() {
    assert_eq!(after_reset(TEXT), "");
    let text = after_reset(Box::<str>::from(TEXT));
    assert_eq!((&*text, text.retained_bytes()), ("", 0));
    let text = after_reset(CString::from(c"secret"));
    assert_eq!((text.as_c_str(), text.retained_bytes()), (c"", 1));
}
