#[automatically_derived]
#[allow(clippy::disallowed_types, deprecated, unused_qualifications, non_snake_case)]
impl ::ratoon_reset::__private::Reset for RelaxedLints {
    #[inline]
    fn reset(&mut self) {
        *self = Self::Idle {
            Map: <std::collections::HashMap<
                u8,
                u8,
            > as ::ratoon_reset::__private::core::default::Default>::default(),
        };
    }
}
