//! Types without a neutral value, or whose state is shared, do not implement `Reset`.

use std::cell::LazyCell;
use std::io::{BufReader, BufWriter, LineWriter, Stdin, Stdout};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::num::{NonZeroI128, NonZeroU8, NonZeroUsize};
use std::ptr::NonNull;
use std::rc::Rc;
use std::sync::{Arc, Barrier, Condvar, LazyLock, Once, mpsc};
use std::thread::JoinHandle;
use std::time::{Instant, SystemTime};

use ratoon_reset::Reset;
use static_assertions::{assert_impl_all, assert_not_impl_any};

#[derive(Default)]
struct HasDefault;

// No neutral value.
assert_not_impl_any!(NonZeroU8: Reset);
assert_not_impl_any!(NonZeroUsize: Reset);
assert_not_impl_any!(NonZeroI128: Reset);
assert_not_impl_any!(Instant: Reset);
assert_not_impl_any!(SystemTime: Reset);
assert_not_impl_any!(Result<(), ()>: Reset);
assert_not_impl_any!(&'static u8: Reset);
assert_not_impl_any!(*const u8: Reset);
assert_not_impl_any!(*mut u8: Reset);
assert_not_impl_any!(NonNull<u8>: Reset);
assert_not_impl_any!(fn() -> u8: Reset);
assert_not_impl_any!(fn(&u8) -> u8: Reset);
assert_not_impl_any!(unsafe extern "C" fn(u8) -> u8: Reset);
assert_not_impl_any!(str: Reset);
assert_not_impl_any!(std::borrow::Cow<'static, std::ffi::CStr>: Reset);

// The referent belongs to somebody else.
assert_not_impl_any!(&'static mut u8: Reset);

// Shared state: resetting one handle would change, or fail to change, what another one sees.
assert_not_impl_any!(Rc<u8>: Reset);
assert_not_impl_any!(Arc<u8>: Reset);
assert_not_impl_any!(Rc<std::cell::Cell<u8>>: Reset);
assert_not_impl_any!(Arc<std::sync::Mutex<u8>>: Reset);
assert_not_impl_any!(LazyLock<u8>: Reset);
assert_not_impl_any!(LazyCell<u8>: Reset);
assert_not_impl_any!(Once: Reset);
assert_not_impl_any!(Barrier: Reset);
assert_not_impl_any!(Condvar: Reset);
assert_not_impl_any!(JoinHandle<u8>: Reset);
assert_not_impl_any!(mpsc::Sender<u8>: Reset);
assert_not_impl_any!(mpsc::SyncSender<u8>: Reset);
assert_not_impl_any!(mpsc::Receiver<u8>: Reset);

// State beyond the value: a file's position, bytes not yet written.
assert_not_impl_any!(BufReader<&'static [u8]>: Reset);
assert_not_impl_any!(BufWriter<Vec<u8>>: Reset);
assert_not_impl_any!(LineWriter<Vec<u8>>: Reset);
assert_not_impl_any!(std::fs::File: Reset);
assert_not_impl_any!(TcpStream: Reset);
assert_not_impl_any!(TcpListener: Reset);
assert_not_impl_any!(UdpSocket: Reset);
assert_not_impl_any!(Stdin: Reset);
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
assert_not_impl_any!(std::num::Wrapping<HasDefault>: Reset);
assert_not_impl_any!(std::cmp::Reverse<HasDefault>: Reset);

// There is no empty `Weak<dyn _>`.
assert_not_impl_any!(std::rc::Weak<dyn Send>: Reset);
assert_not_impl_any!(std::sync::Weak<[u8]>: Reset);
