#[derive(Reset)]
struct Unit;
