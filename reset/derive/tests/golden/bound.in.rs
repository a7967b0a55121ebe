#[derive(Reset)]
#[reset(bound = "T: Reset, T::Item: Default", crate = my_crate::ratoon)]
struct Bound<T: Iterator> {
    children: Box<Bound<T>>,
    item: T::Item,
    value: T,
}
