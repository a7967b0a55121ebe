use ratoon_reset::Reset;

#[derive(Reset)]
struct Inner(u64);

#[derive(Reset)]
struct Context {
    #[reset(zeroize)]
    key: Inner,
}

fn main() {}
