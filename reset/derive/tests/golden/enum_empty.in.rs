#[derive(Reset)]
enum Never {}
