use ratoon_reset::Reset;

#[derive(Reset)]
union Word {
    bytes: [u8; 4],
    number: u32,
}

fn main() {}
