use ratoon_reset::Reset;

type Maybe = Option<u64>;

#[derive(Reset)]
struct Context {
    #[reset(inner = "presence says nothing")]
    path: Vec<u8>,
    #[reset(inner = "presence says nothing")]
    alias: Maybe,
}

fn main() {}
