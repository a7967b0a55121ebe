//! Types without a neutral value, or whose state is shared, do not implement `Reset`.

use std::io::{BufReader, BufWriter, Stdout};
use std::num::{NonZeroU8, NonZeroUsize};
use std::rc::Rc;
use std::sync::{Arc, LazyLock, Once, mpsc};
use std::time::{Instant, SystemTime};

use ratoon_reset::Reset;
use static_assertions::{assert_impl_all, assert_not_impl_any};

#[derive(Default)]
struct HasDefault;

// No neutral value.
assert_not_impl_any!(NonZeroU8: Reset);
assert_not_impl_any!(NonZeroUsize: Reset);
assert_not_impl_any!(Instant: Reset);
assert_not_impl_any!(SystemTime: Reset);
assert_not_impl_any!(Result<(), ()>: Reset);
assert_not_impl_any!(&'static str: Reset);
assert_not_impl_any!(&'static u8: Reset);
assert_not_impl_any!(*const u8: Reset);
assert_not_impl_any!(*mut u8: Reset);
assert_not_impl_any!(fn() -> u8: Reset);
assert_not_impl_any!(str: Reset);
assert_not_impl_any!(Box<str>: Reset);

// Shared state: resetting one handle would change, or fail to change, what another one sees.
assert_not_impl_any!(Rc<u8>: Reset);
assert_not_impl_any!(Arc<u8>: Reset);
assert_not_impl_any!(LazyLock<u8>: Reset);
assert_not_impl_any!(Once: Reset);
assert_not_impl_any!(mpsc::Sender<u8>: Reset);
assert_not_impl_any!(mpsc::Receiver<u8>: Reset);

// State beyond the value: a file's position, bytes not yet written.
assert_not_impl_any!(BufReader<&'static [u8]>: Reset);
assert_not_impl_any!(BufWriter<Vec<u8>>: Reset);
assert_not_impl_any!(std::fs::File: Reset);
assert_not_impl_any!(std::net::TcpStream: Reset);
assert_not_impl_any!(Stdout: Reset);

// A default is not a reset: a blanket impl would forbid every impl that keeps capacity.
assert_impl_all!(HasDefault: Default);
assert_not_impl_any!(HasDefault: Reset);

// What holds elements in place asks that they reset.
assert_not_impl_any!([HasDefault; 2]: Reset);
assert_not_impl_any!((u8, HasDefault): Reset);
assert_not_impl_any!((u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8): Reset);
assert_not_impl_any!(Box<HasDefault>: Reset);
assert_not_impl_any!(std::cell::Cell<HasDefault>: Reset);
assert_not_impl_any!(std::cell::RefCell<HasDefault>: Reset);
assert_not_impl_any!(std::sync::Mutex<HasDefault>: Reset);
assert_not_impl_any!(std::sync::RwLock<HasDefault>: Reset);
assert_not_impl_any!(std::io::Cursor<&'static [u8]>: Reset);
