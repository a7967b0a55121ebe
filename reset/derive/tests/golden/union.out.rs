::core::compile_error! {
    "`Reset` cannot be derived for a union: which field is live is not known; write `impl Reset` by hand"
}
#[automatically_derived]
impl ::ratoon_reset::__private::Reset for Union {
    fn reset(&mut self) {}
}
