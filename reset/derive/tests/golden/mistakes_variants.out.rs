::core::compile_error! {
    "`Reset` cannot be derived for a packed struct: references to its fields may be unaligned; remove `packed`, or write `impl Reset` by hand"
}
::core::compile_error! {
    "`default` belongs on a field, not on an enum variant"
}
::core::compile_error! {
    "`skip` has nothing to work on in an enum, whose fresh variant is made anew: write `value = expression`, or nothing for `Default`"
}
::core::compile_error! {
    "`to` takes no value: write `to` alone"
}
::core::compile_error! {
    "two variants are marked `to`: only one can be the fresh one"
}
::core::compile_error! {
    "two variants are marked `to`: only one can be the fresh one"
}
::core::compile_error! {
    "`default` has no effect: reset drops this variant and assigns the one marked `to`; remove it"
}
#[automatically_derived]
impl ::ratoon_reset::__private::Reset for MistakesVariants {
    fn reset(&mut self) {}
}
