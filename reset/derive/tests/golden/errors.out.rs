::core::compile_error! {
    "`skip` needs a value: write `skip = \"why the value may be kept\"`"
}
::core::compile_error! {
    "`value` and `default` exclude each other: a field becomes fresh in one way; remove one"
}
::core::compile_error! {
    "`default` and `value` exclude each other: a field becomes fresh in one way; remove one"
}
#[automatically_derived]
impl<T> ::ratoon_reset::__private::Reset for Errors<T> {
    fn reset(&mut self) {}
}
