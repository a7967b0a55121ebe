use ratoon_reset::Reset;

#[derive(Reset)]
struct Context {
    #[reset(ignore)]
    user: u64,
}

#[derive(Reset)]
#[reset(transparent)]
struct Wrapper(u64);

#[derive(Reset)]
enum State {
    #[reset(fresh)]
    #[reset(to)]
    Idle,
}

fn main() {}
