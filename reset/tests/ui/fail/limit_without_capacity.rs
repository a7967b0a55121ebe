use ratoon_reset::Reset;

#[derive(Reset)]
struct Context {
    #[reset(max_capacity = 64)]
    user: u64,
    #[reset(discard_above = 64)]
    id: u64,
}

fn main() {}
