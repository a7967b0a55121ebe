use ratoon_reset::Reset;

#[derive(Reset)]
#[reset(crate = no_such_crate)]
struct Context(u64);

fn main() {}
