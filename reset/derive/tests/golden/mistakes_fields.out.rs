::core::compile_error! {
    "expected `#[reset(…)]`: the struct or enum itself takes `bound = \"T: Trait\"`, `crate = path`"
}
::core::compile_error! {
    "`skip` belongs on a field, not on the struct or enum itself"
}
::core::compile_error! {
    "expected string literal: write `bound = \"T: Trait\"`"
}
::core::compile_error! {
    "expected identifier: write `crate = path`"
}
::core::compile_error! {
    "nothing is asked for here: a field takes `skip = \"why the value may be kept\"`, `with = path::to::function`, `value = expression`, `default`, `max_capacity = N`, `discard_above = N`, `inner = \"why presence may be kept\"`, `zeroize`, `bytes = path::to::function`, `reusable = path::to::function`"
}
::core::compile_error! {
    "unknown key `unknown`: a field takes `skip = \"why the value may be kept\"`, `with = path::to::function`, `value = expression`, `default`, `max_capacity = N`, `discard_above = N`, `inner = \"why presence may be kept\"`, `zeroize`, `bytes = path::to::function`, `reusable = path::to::function`"
}
::core::compile_error! {
    "`to` belongs on an enum variant, not on a field"
}
::core::compile_error! {
    "expected a key: a field takes `skip = \"why the value may be kept\"`, `with = path::to::function`, `value = expression`, `default`, `max_capacity = N`, `discard_above = N`, `inner = \"why presence may be kept\"`, `zeroize`, `bytes = path::to::function`, `reusable = path::to::function`"
}
::core::compile_error! {
    "`default` is given twice: remove one"
}
::core::compile_error! {
    "`default` is given twice: remove one"
}
::core::compile_error! {
    "`skip` and `default` exclude each other: a field becomes fresh in one way; remove one"
}
::core::compile_error! {
    "`default` and `skip` exclude each other: a field becomes fresh in one way; remove one"
}
::core::compile_error! {
    "`value` needs a value: write `value = expression`"
}
::core::compile_error! {
    "nothing follows the `=`: write `max_capacity = N`"
}
::core::compile_error! {
    "expected string literal: write `skip = \"why the value may be kept\"`"
}
::core::compile_error! {
    "the reason is empty: write `inner = \"why presence may be kept\"`"
}
::core::compile_error! {
    "`default` takes no value: write `default` alone"
}
::core::compile_error! {
    "`zeroize` takes no value: write `zeroize` alone"
}
::core::compile_error! {
    "expected a comma after `default`"
}
::core::compile_error! {
    "expected a comma after `with = path::to::function`"
}
::core::compile_error! {
    "a function is named here, not a closure: write `with = path::to::function`"
}
::core::compile_error! {
    "`inner` is for a field whose type is written `Option<…>`: remove `inner`, or spell the type out"
}
::core::compile_error! {
    "`inner` is for a field whose type is written `Option<…>`: remove `inner`, or spell the type out"
}
::core::compile_error! {
    "`inner` is for a field whose type is written `Option<…>`: remove `inner`, or spell the type out"
}
::core::compile_error! {
    "`skip` and `max_capacity` exclude each other: a limit needs a container that is cleared in place; remove one"
}
::core::compile_error! {
    "`max_capacity` and `skip` exclude each other: a limit needs a container that is cleared in place; remove one"
}
::core::compile_error! {
    "expected identifier: write `reusable = path::to::function`"
}
::core::compile_error! {
    "`with` needs `bytes` beside it, because only you know how much memory the field keeps: write `bytes = path::to::function`, or `bytes = 0` if it keeps none. A field that a request can leave unusable, such as a lock, also needs `reusable = path::to::function`"
}
::core::compile_error! {
    "bytes are counted by a function, and `0` stands for none: write `bytes = path::to::function`"
}
#[automatically_derived]
impl<T> ::ratoon_reset::__private::Reset for MistakesFields<T> {
    fn reset(&mut self) {}
}
