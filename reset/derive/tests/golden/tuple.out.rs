/// Not made fresh by `reset`:
///
/// * `1`: kept. a counter over all requests
#[automatically_derived]
impl ::ratoon_reset::__private::Reset for Pair {
    #[inline]
    fn reset(&mut self) {
        let Self { 0: __field0, 1: _ } = self;
        <String as ::ratoon_reset::__private::Reset>::reset(__field0);
    }
    #[inline]
    fn reusable(&self) -> ::ratoon_reset::__private::core::primitive::bool {
        let Self { 0: __field0, 1: _ } = self;
        <String as ::ratoon_reset::__private::Reset>::reusable(__field0)
    }
    #[inline]
    fn retained_bytes(&self) -> ::ratoon_reset::__private::core::primitive::usize {
        let Self { 0: __field0, 1: _ } = self;
        <String as ::ratoon_reset::__private::Reset>::retained_bytes(__field0)
    }
}
