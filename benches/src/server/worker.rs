//! A thread that serves connections.

use std::io;
use std::thread;

use super::mailbox::{Mailbox, Sender, mailbox};
use crate::alloc::Counts;
use crate::harness::processors::pin_to;

/// A worker; it ends when the last sender of its mailbox is gone.
#[derive(Debug)]
pub(super) struct Worker(Sender);

impl Worker {
    /// Starts one, on `processor` if that is given.
    pub(super) fn start<F: Future>(
        processor: Option<usize>,
        serve: impl FnOnce(Mailbox) -> F + Send + 'static,
    ) -> io::Result<Worker> {
        let (sender, mailbox) = mailbox();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        thread::Builder::new().name("worker".into()).spawn(move || {
            if let Some(processor) = processor {
                pin_to(processor);
            }
            runtime.block_on(serve(mailbox));
        })?;
        Ok(Worker(sender))
    }

    /// Where it takes its connections from.
    pub(super) fn mailbox(&self) -> Sender {
        self.0.clone()
    }

    /// Allocator calls of its thread while counting was on.
    ///
    /// # Panics
    /// If the worker panicked.
    pub(super) fn counts(&self) -> Counts {
        self.0.counts().expect("a worker panicked")
    }
}
