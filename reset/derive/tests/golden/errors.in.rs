#[derive(Reset)]
struct Errors<T> {
    #[reset(skip)]
    first: T,
    #[reset(default, value = 1)]
    second: u8,
}
