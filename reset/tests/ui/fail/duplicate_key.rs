use ratoon_reset::Reset;

#[derive(Reset)]
struct Context {
    #[reset(default, default)]
    user: u64,
    #[reset(skip = "one reason")]
    #[reset(skip = "another reason")]
    id: u64,
}

fn main() {}
