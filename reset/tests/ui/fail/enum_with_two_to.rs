use ratoon_reset::Reset;

#[derive(Reset)]
enum State {
    #[reset(to)]
    Idle,
    #[reset(to)]
    Waiting,
    Busy,
}

fn main() {}
