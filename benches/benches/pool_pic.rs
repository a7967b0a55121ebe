//! The pools from a shared library that is loaded at run time, as a plugin or a Python extension is.
//!
//! ```console
//! $ cargo build --release -p ratoon-benches --example pic
//! $ cargo bench -p ratoon-benches --bench pool_pic
//! ```

use std::env;
use std::ffi::{CStr, CString, c_void};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use ratoon_benches::harness;
use ratoon_benches::workloads::pool;

#[path = "support/settings.rs"]
mod settings;

/// What is worth knowing: the pool's own cost, and a context.
const WORKLOADS: [&str; 2] = ["pool/get_put_1t", "pool/context_1t"];

fn main() {
    let library = library();
    if !library.exists() {
        println!("pool_pic: build it first: cargo build --release -p ratoon-benches --example pic");
        return;
    }
    make_room_for_thread_locals();
    let library = Library::open(&library);
    settings::with_criterion(|criterion| {
        for (at, workload) in pool::SECTION.workloads.iter().enumerate() {
            if !WORKLOADS.contains(&workload.key) {
                continue;
            }
            // The names of the subjects; those that run are the library's own.
            let subjects = harness::verified(workload, 2, |_| true).expect("they agree");
            let session = library.session(at);
            let mut group = criterion.benchmark_group(format!("{}, shared library", workload.key));
            for (at, subject) in subjects.iter().enumerate() {
                group.bench_function(subject.name, |bencher| {
                    bencher.iter_custom(|iterations| session.run(at, iterations));
                });
            }
            group.finish();
        }
    });
}

/// The library brings mimalloc along, whose thread-locals must lie in the block that the loader lays
/// out at start, and so must all others of the library. Only a variable that is there at start makes
/// that block large enough.
fn make_room_for_thread_locals() {
    const VARIABLE: &str = "GLIBC_TUNABLES";
    if env::var_os(VARIABLE).is_none() {
        let error = Command::new(env::current_exe().expect("a path"))
            .args(env::args_os().skip(1))
            .env(VARIABLE, "glibc.rtld.optional_static_tls=1048576")
            .exec();
        panic!("this program cannot be started again: {error}");
    }
}

/// Beside this program's folder, where cargo puts it.
fn library() -> PathBuf {
    let program = env::current_exe().expect("a path");
    let folder = program.parent().and_then(|deps| deps.parent()).expect("a target folder");
    folder.join("examples").join("libpic.so")
}

type Open = extern "C" fn(usize) -> *mut c_void;
type Run = unsafe extern "C" fn(*mut c_void, usize, u64) -> u64;
type Close = unsafe extern "C" fn(*mut c_void);

/// The library, which stays loaded.
struct Library {
    open: Open,
    run: Run,
    close: Close,
}

impl Library {
    fn open(path: &std::path::Path) -> Library {
        let path = CString::new(path.as_os_str().as_encoded_bytes()).expect("no NUL in a path");
        // SAFETY: the path ends in NUL. The library's initialisers are those of a Rust library.
        let handle = unsafe { libc::dlopen(path.as_ptr(), libc::RTLD_NOW) };
        assert!(!handle.is_null(), "the library cannot be loaded: {}", complaint());
        let open = symbol(handle, c"ratoon_pic_open");
        let run = symbol(handle, c"ratoon_pic_run");
        let close = symbol(handle, c"ratoon_pic_close");
        Library {
            // SAFETY: the library defines it with this type.
            open: unsafe { std::mem::transmute::<*mut c_void, Open>(open) },
            // SAFETY: as above.
            run: unsafe { std::mem::transmute::<*mut c_void, Run>(run) },
            // SAFETY: as above.
            close: unsafe { std::mem::transmute::<*mut c_void, Close>(close) },
        }
    }

    fn session(&self, workload: usize) -> Session<'_> {
        Session { library: self, session: (self.open)(workload) }
    }
}

/// What the loader says about the last failure.
fn complaint() -> String {
    // SAFETY: no preconditions; the string lives until this thread's next call of the loader.
    let complaint = unsafe { libc::dlerror() };
    if complaint.is_null() {
        return "nobody says why".into();
    }
    // SAFETY: it is not null, and ends in NUL.
    unsafe { CStr::from_ptr(complaint) }.to_string_lossy().into_owned()
}

fn symbol(library: *mut c_void, name: &CStr) -> *mut c_void {
    // SAFETY: the handle is one of `dlopen`, the name ends in NUL.
    let symbol = unsafe { libc::dlsym(library, name.as_ptr()) };
    assert!(!symbol.is_null(), "the library lacks {name:?}");
    symbol
}

struct Session<'l> {
    library: &'l Library,
    // Invariant: open until dropped.
    session: *mut c_void,
}

impl Session<'_> {
    fn run(&self, subject: usize, iterations: u64) -> Duration {
        // SAFETY: the session is open, and this thread is the only one that has it.
        Duration::from_nanos(unsafe { (self.library.run)(self.session, subject, iterations) })
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        // SAFETY: the session is open, and not used after this.
        unsafe { (self.library.close)(self.session) };
    }
}
