#[derive(Reset)]
enum State {
    #[reset(to)]
    Idle,
    Reading,
    Writing,
}
