#[automatically_derived]
impl ::ratoon_reset::__private::Reset for Context {
    #[inline]
    fn reset(&mut self) {
        let Self { user: __field0, path: __field1, headers: __field2 } = self;
        <u64 as ::ratoon_reset::__private::Reset>::reset(__field0);
        <String as ::ratoon_reset::__private::Reset>::reset(__field1);
        <HashMap<String, Vec<u8>> as ::ratoon_reset::__private::Reset>::reset(__field2);
    }
    #[inline]
    fn reusable(&self) -> ::ratoon_reset::__private::core::primitive::bool {
        let Self { user: __field0, path: __field1, headers: __field2 } = self;
        <u64 as ::ratoon_reset::__private::Reset>::reusable(__field0)
            && <String as ::ratoon_reset::__private::Reset>::reusable(__field1)
            && <HashMap<
                String,
                Vec<u8>,
            > as ::ratoon_reset::__private::Reset>::reusable(__field2)
    }
    #[inline]
    fn retained_bytes(&self) -> ::ratoon_reset::__private::core::primitive::usize {
        let Self { user: __field0, path: __field1, headers: __field2 } = self;
        0usize
            .saturating_add(
                <u64 as ::ratoon_reset::__private::Reset>::retained_bytes(__field0),
            )
            .saturating_add(
                <String as ::ratoon_reset::__private::Reset>::retained_bytes(__field1),
            )
            .saturating_add(
                <HashMap<
                    String,
                    Vec<u8>,
                > as ::ratoon_reset::__private::Reset>::retained_bytes(__field2),
            )
    }
}
