use ratoon_reset::Reset;

#[derive(Reset)]
struct Context {
    user: u64,
    #[reset(value = self.user)]
    copy: u64,
    #[reset(value = *__field0)]
    internal: u64,
}

fn main() {}
