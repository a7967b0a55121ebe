//! A handful of objects on their way out of the pool.

const CAPACITY: usize = 64;

/// Objects taken out under a lock, to be dropped after it is released (rule 5).
///
/// Lives on the stack, so that taking objects out never allocates. Dropping it drops all of them,
/// also when one panics.
pub(crate) struct Batch<T> {
    objects: [Option<Box<T>>; CAPACITY],
    len: usize,
}

impl<T> Batch<T> {
    pub(crate) fn new() -> Self {
        Self { objects: [const { None }; CAPACITY], len: 0 }
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(crate) fn is_full(&self) -> bool {
        self.len == CAPACITY
    }

    pub(crate) fn room(&self) -> usize {
        CAPACITY - self.len
    }

    /// Takes from `source` until the batch is full.
    pub(crate) fn fill(&mut self, source: impl IntoIterator<Item = Box<T>>) {
        let room = self.room();
        for object in source.into_iter().take(room) {
            self.objects[self.len] = Some(object);
            self.len += 1;
        }
    }

    pub(crate) fn pop(&mut self) -> Option<Box<T>> {
        self.len = self.len.checked_sub(1)?;
        self.objects[self.len].take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batch_takes_what_it_has_room_for_and_gives_it_back() {
        let mut batch = Batch::new();
        assert!(batch.is_empty() && !batch.is_full());
        let mut source = (0..).map(Box::new);
        batch.fill(source.by_ref().take(10));
        assert_eq!((batch.len(), batch.room()), (10, CAPACITY - 10));
        assert!(!batch.is_empty() && !batch.is_full());
        batch.fill(source.by_ref());
        assert_eq!((batch.len(), batch.room()), (CAPACITY, 0));
        assert!(batch.is_full());
        // One that did not fit was not lost on the way.
        assert_eq!(source.next(), Some(Box::new(CAPACITY)));
        for n in (0..CAPACITY).rev() {
            assert_eq!(batch.pop(), Some(Box::new(n)));
        }
        assert!(batch.is_empty() && batch.pop().is_none());
    }
}
