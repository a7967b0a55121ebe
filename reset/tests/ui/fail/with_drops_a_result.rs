//! A reset that fails unnoticed, or never runs, is no reset. What may be dropped is not refused.

use ratoon_reset::Reset;

fn fallible(_: &mut u64) -> Result<(), ()> {
    Err(())
}

async fn asynchronous(user: &mut u64) {
    *user = 0;
}

#[derive(Reset)]
#[allow(unused_must_use)]
struct Context {
    #[reset(with = fallible, bytes = 0)]
    fallible: u64,
    #[reset(with = asynchronous, bytes = 0)]
    asynchronous: u64,
    #[reset(with = Option::take, bytes = 0)]
    taken: Option<u64>,
}

fn main() {}
