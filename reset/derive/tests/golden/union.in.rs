#[derive(Reset)]
union Union {
    a: u8,
    b: i8,
}
