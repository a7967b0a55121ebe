//! Reported where the type is used: the bound on the field's type needs itself.

use ratoon_reset::Reset;

#[derive(Reset)]
struct Node<T> {
    value: T,
    next: [Box<Node<T>>; 1],
}

fn reset<T: Reset>(_value: T) {}

fn main() {
    reset(None::<Box<Node<u8>>>.unwrap());
}
