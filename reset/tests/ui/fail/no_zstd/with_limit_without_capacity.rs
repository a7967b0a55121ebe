//! A limit beside `with` needs the methods `capacity` and `shrink_to`.

use ratoon_reset::Reset;

struct Connection;

fn clear(_: &mut Connection) {}

#[derive(Reset)]
struct Context {
    #[reset(with = clear, bytes = 0, max_capacity = 64)]
    shrunk: Connection,
    #[reset(with = clear, bytes = 0, discard_above = 64)]
    discarded: Connection,
}

fn main() {}
