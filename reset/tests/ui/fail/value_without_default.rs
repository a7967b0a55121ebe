use ratoon_reset::Reset;

struct Connection;

#[derive(Reset)]
struct Context {
    #[reset(default)]
    connection: Connection,
}

fn main() {}
