use ratoon_reset::Reset;

#[derive(Reset)]
enum Unit {
    Idle,
    Busy,
}

#[derive(Reset)]
enum Body<T> {
    Empty,
    Full(T),
}

fn main() {}
