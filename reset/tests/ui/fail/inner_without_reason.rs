use ratoon_reset::Reset;

#[derive(Reset)]
struct Context {
    #[reset(inner)]
    no_reason: Option<u64>,
    #[reset(inner = "")]
    empty: Option<u64>,
}

fn main() {}
