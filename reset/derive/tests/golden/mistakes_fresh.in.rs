#[derive(Reset)]
enum MistakesFresh {
    #[reset(fresh)]
    Idle,
    Busy,
}
