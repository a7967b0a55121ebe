//! Any order of operations on several threads, against a list of what exists.
