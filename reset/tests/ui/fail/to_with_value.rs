use ratoon_reset::Reset;

#[derive(Reset)]
enum State {
    #[reset(to = Idle)]
    Idle,
    #[reset(to(Idle))]
    Busy,
}

fn main() {}
