//! The depot: what all threads share, behind one lock.

use core::time::Duration;
use std::collections::VecDeque;

use crate::batch::Batch;
use crate::slot::Owner;
use crate::sync::{AtomicUsize, Mutex, Ordering, const_fn};
use crate::window::Window;

/// A bounded stack of objects. Slots exchange whole blocks with it, so that its lock is taken once
/// per block and not per object.
// In this order, what an exchange touches is in one cache line.
#[repr(C)]
pub(crate) struct Depot<T> {
    state: Mutex<State<T>>,
    /// `state.objects.len()`, written under the lock. A hint for those who do not hold it: it spares
    /// them the lock where there is nothing to take, or no room.
    fill: AtomicUsize,
    capacity: usize,
}

struct State<T> {
    /// The back is the hottest; a queue, because a trim frees the coldest. Grows outside of the lock only
    /// (rule 5), never shrinks.
    objects: VecDeque<Box<T>>,
    exchanges: u64,
    window: Window,
}

impl<T> Depot<T> {
    const_fn! {
        pub(crate) fn new(capacity: usize) -> Self {
            Self {
                state: Mutex::new(State {
                    objects: VecDeque::new(),
                    exchanges: 0,
                    window: Window::new(),
                }),
                fill: AtomicUsize::new(0),
                capacity,
            }
        }
    }

    pub(crate) fn fill(&self) -> usize {
        self.fill.load(Ordering::Relaxed)
    }

    pub(crate) fn room(&self) -> usize {
        self.capacity - self.fill()
    }

    pub(crate) fn exchanges(&self) -> u64 {
        self.state.lock().exchanges
    }

    /// One object, and up to `n - 1` more into an empty slot.
    pub(crate) fn pop_block(&self, slot: Owner<'_, T>, n: usize) -> Option<Box<T>> {
        if self.fill() == 0 {
            return None;
        }
        let mut state = self.state.lock();
        let object = state.objects.pop_back();
        let n = (n - 1).min(state.objects.len());
        slot.fill_from(&mut state.objects, n);
        self.exchanged(&mut state);
        object
    }

    /// Moves up to `n` of the slot's coldest objects here. `false` if there is no room for any.
    pub(crate) fn relieve(&self, slot: Owner<'_, T>, n: usize) -> bool {
        self.put(n, |objects, n| slot.give_coldest(n, objects)) != 0
    }

    /// One object, for a thread without a slot.
    pub(crate) fn pop(&self) -> Option<Box<T>> {
        if self.fill() == 0 {
            return None;
        }
        let mut state = self.state.lock();
        let object = state.objects.pop_back();
        self.exchanged(&mut state);
        object
    }

    /// One object, from a thread without a slot. Handed back if there is no room.
    pub(crate) fn push(&self, object: Box<T>) -> Result<(), Box<T>> {
        let mut object = Some(object);
        self.put(1, |objects, _| objects.extend(object.take()));
        object.map_or(Ok(()), Err)
    }

    /// As many as there is room for; the others stay in the batch.
    pub(crate) fn put_batch(&self, batch: &mut Batch<T>) {
        self.put(batch.len(), |objects, n| {
            objects.extend(core::iter::from_fn(|| batch.pop()).take(n));
        });
    }

    /// How many objects a trim may free at the time `now`; see [`window`](crate::window).
    pub(crate) fn unneeded(&self, now: Duration, length: Duration) -> usize {
        let mut state = self.state.lock();
        let fill = state.objects.len();
        state.window.unneeded(now, length, fill)
    }

    /// Moves up to `n` objects, the coldest, into the batch. Takes time for those that move, not for those
    /// that stay.
    pub(crate) fn take_coldest(&self, n: usize, batch: &mut Batch<T>) {
        let mut state = self.state.lock();
        let n = n.min(batch.room()).min(state.objects.len());
        batch.fill(state.objects.drain(..n));
        self.filled(&mut state);
    }

    pub(crate) fn take_all(&mut self) -> VecDeque<Box<T>> {
        let state = self.state.get_mut();
        let objects = core::mem::take(&mut state.objects);
        state.window.see(0);
        self.fill.store(0, Ordering::Relaxed);
        objects
    }

    /// Lets `store` add up to `n` objects, and says how many there was room for.
    fn put(&self, n: usize, store: impl FnOnce(&mut VecDeque<Box<T>>, usize)) -> usize {
        if self.room() == 0 {
            return 0;
        }
        loop {
            let mut state = self.state.lock();
            let len = state.objects.len();
            let n = n.min(self.capacity - len);
            if n == 0 {
                // Filled since the look from outside.
                return 0;
            }
            if state.objects.capacity() - len < n {
                drop(state);
                self.grow(len + n);
                continue;
            }
            store(&mut state.objects, n);
            debug_assert_eq!(state.objects.len(), len + n);
            self.exchanged(&mut state);
            return n;
        }
    }

    /// Makes room for `needed` objects, allocating while the lock is free (rule 5).
    #[cold]
    fn grow(&self, needed: usize) {
        let capacity = needed.next_power_of_two().max(64).min(self.capacity);
        let mut larger = VecDeque::with_capacity(capacity);
        let mut state = self.state.lock();
        if state.objects.capacity() < larger.capacity() {
            larger.append(&mut state.objects);
            core::mem::swap(&mut larger, &mut state.objects);
        }
        // The old memory is freed after the lock: `larger` was declared first.
    }

    fn exchanged(&self, state: &mut State<T>) {
        state.exchanges += 1;
        self.filled(state);
    }

    fn filled(&self, state: &mut State<T>) {
        let fill = state.objects.len();
        state.window.see(fill);
        self.fill.store(fill, Ordering::Relaxed);
    }
}
