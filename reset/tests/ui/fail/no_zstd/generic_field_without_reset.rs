//! Reported where the type is used: the bound is on the type of the field.

use ratoon_reset::Reset;

#[derive(Reset)]
struct Context<'a, T> {
    borrowed: &'a T,
}

fn main() {
    Context { borrowed: &7 }.reset();
}
