#[derive(Reset)]
#[allow(clippy::disallowed_types, reason = "a map")]
#[warn(missing_docs)]
enum RelaxedLints {
    #[reset(to)]
    Idle {
        #[expect(unused_qualifications, non_snake_case)]
        Map: std::collections::HashMap<u8, u8>,
    },
    #[deprecated]
    Busy,
}
