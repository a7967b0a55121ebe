use ratoon_reset::Reset;

#[derive(Reset)]
struct Context {
    user: u64,
    path: String,
}

fn main() {
    let mut context = Context { user: 7, path: String::from("/account") };
    context.reset();
    assert!(context.user == 0 && context.path.is_empty());
}
