use ratoon_reset::Reset;

struct Connection;

#[derive(Reset)]
enum State {
    #[reset(to)]
    Open(Connection),
    Closed,
}

fn main() {}
