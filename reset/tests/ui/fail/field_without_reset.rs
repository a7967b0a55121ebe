use ratoon_reset::Reset;

struct Connection;

#[derive(Reset)]
struct Context {
    user: u64,
    connection: Connection,
    connections: [Connection; 2],
}

fn main() {}
