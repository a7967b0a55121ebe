::core::compile_error! {
    "unknown key `fresh`: an enum variant takes `to`"
}
::core::compile_error! {
    "no variant of `MistakesFresh` is marked as the fresh one: write `#[reset(to)]` on the variant that a reset value has"
}
#[automatically_derived]
impl ::ratoon_reset::__private::Reset for MistakesFresh {
    fn reset(&mut self) {}
}
