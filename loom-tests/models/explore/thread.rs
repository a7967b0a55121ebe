//! Threads of a model.

use loom::thread::JoinHandle;

/// Starts a thread that gives its index back at its end, as the exit guard of a real one does:
/// loom runs the destructors of thread-locals after `join` only.
pub(crate) fn spawn<R: Send + 'static>(body: impl FnOnce() -> R + Send + 'static) -> JoinHandle<R> {
    loom::thread::spawn(|| {
        let result = body();
        leave();
        result
    })
}

/// Ends the calling thread as far as pools can see.
pub(crate) fn leave() {
    ratoon_pool::__model::leave();
}
