//! Writing `Reset` by hand.
