#[automatically_derived]
impl<T: Iterator> my_crate::ratoon::__private::Reset for Bound<T>
where
    T: Reset,
    T::Item: Default,
{
    #[inline]
    fn reset(&mut self) {
        let Self { children: __field0, item: __field1, value: __field2 } = self;
        <Box<Bound<T>> as my_crate::ratoon::__private::Reset>::reset(__field0);
        <T::Item as my_crate::ratoon::__private::Reset>::reset(__field1);
        <T as my_crate::ratoon::__private::Reset>::reset(__field2);
    }
    #[inline]
    fn reusable(&self) -> my_crate::ratoon::__private::core::primitive::bool {
        let Self { children: __field0, item: __field1, value: __field2 } = self;
        <Box<Bound<T>> as my_crate::ratoon::__private::Reset>::reusable(__field0)
            && <T::Item as my_crate::ratoon::__private::Reset>::reusable(__field1)
            && <T as my_crate::ratoon::__private::Reset>::reusable(__field2)
    }
    #[inline]
    fn retained_bytes(&self) -> my_crate::ratoon::__private::core::primitive::usize {
        let Self { children: __field0, item: __field1, value: __field2 } = self;
        0usize
            .saturating_add(
                <Box<
                    Bound<T>,
                > as my_crate::ratoon::__private::Reset>::retained_bytes(__field0),
            )
            .saturating_add(
                <T::Item as my_crate::ratoon::__private::Reset>::retained_bytes(__field1),
            )
            .saturating_add(
                <T as my_crate::ratoon::__private::Reset>::retained_bytes(__field2),
            )
    }
}
