use ratoon_reset::Reset;

#[derive(Reset)]
#[repr(packed)]
struct Packed(u8, u32);

#[derive(Reset)]
#[repr(C, packed(2))]
struct PackedTo2(u8, u32);

fn main() {}
