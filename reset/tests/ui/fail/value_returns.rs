//! A `return` leaves the expression only: it cannot leave the fields that follow dirty.

use ratoon_reset::Reset;

fn parse(text: &str) -> Option<u64> {
    text.parse().ok()
}

#[derive(Reset)]
struct Context {
    #[reset(value = match parse("7") { Some(user) => user, None => return })]
    user: u64,
    #[reset(max_capacity = { return; })]
    path: String,
    #[reset(discard_above = return false)]
    body: Vec<u8>,
    #[reset(value = parse("7")?)]
    question_mark: u64,
}

fn main() {}
