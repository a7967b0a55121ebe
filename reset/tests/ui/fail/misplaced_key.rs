use ratoon_reset::Reset;

#[derive(Reset)]
#[reset(skip = "kept")]
struct Context {
    #[reset(to)]
    user: u64,
    #[reset(crate = ratoon_reset)]
    id: u64,
}

#[derive(Reset)]
#[reset(to)]
enum State {
    #[reset(to)]
    Idle,
    #[reset(default)]
    Busy,
}

fn main() {}
