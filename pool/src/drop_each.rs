//! Dropping many things of which some may panic.

/// Drops what the iterator yields. If that panics, the others are dropped while the panic is on its way,
/// as those of a vector would be; but nothing is allocated.
pub(crate) fn drop_each(items: impl Iterator) {
    let mut rest = Rest(items);
    rest.0.by_ref().for_each(drop);
}

struct Rest<I: Iterator>(I);

impl<I: Iterator> Drop for Rest<I> {
    fn drop(&mut self) {
        self.0.by_ref().for_each(drop);
    }
}
