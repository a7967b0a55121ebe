use ratoon_reset::Reset;

#[derive(Reset)]
#[reset(crate = 7)]
struct Number(u64);

fn main() {}
