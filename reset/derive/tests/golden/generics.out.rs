/// Not made fresh by `reset`:
///
/// * `buffer`: stays `Some`, its content is reset. presence says nothing
#[automatically_derived]
impl<'a, T: Clone, U: ?Sized, const N: usize> ::ratoon_reset::__private::Reset
for Generics<'a, T, U, N>
where
    T: 'a,
    Vec<T>: ::ratoon_reset::__private::Reset,
    Option<&'a T>: ::ratoon_reset::__private::core::default::Default,
    Key<T>: ::ratoon_reset::__private::Reset,
    Key<T>: ::ratoon_reset::__private::Zeroize,
    Key<T>: ::ratoon_reset::__private::Capacity,
    Buffer<T>: ::ratoon_reset::__private::Reset,
    U: ::ratoon_reset::__private::Reset,
{
    #[inline]
    fn reset(&mut self) {
        let Self {
            items: __field0,
            more: __field1,
            bytes: __field2,
            last: __field3,
            key: __field4,
            buffer: __field5,
            tail: __field6,
        } = self;
        <Vec<T> as ::ratoon_reset::__private::Reset>::reset(__field0);
        <Vec<T> as ::ratoon_reset::__private::Reset>::reset(__field1);
        <[u8; N] as ::ratoon_reset::__private::Reset>::reset(__field2);
        *__field3 = <Option<
            &'a T,
        > as ::ratoon_reset::__private::core::default::Default>::default();
        ::ratoon_reset::__private::zeroize_then_reset::<Key<T>>(__field4);
        if let ::ratoon_reset::__private::core::option::Option::Some(__inner) = __field5 {
            <Buffer<T> as ::ratoon_reset::__private::Reset>::reset(__inner);
        }
        <U as ::ratoon_reset::__private::Reset>::reset(__field6);
    }
    #[inline]
    fn reusable(&self) -> ::ratoon_reset::__private::core::primitive::bool {
        let Self {
            items: __field0,
            more: __field1,
            bytes: __field2,
            last: _,
            key: __field4,
            buffer: __field5,
            tail: __field6,
        } = self;
        <Vec<T> as ::ratoon_reset::__private::Reset>::reusable(__field0)
            && <Vec<T> as ::ratoon_reset::__private::Reset>::reusable(__field1)
            && <[u8; N] as ::ratoon_reset::__private::Reset>::reusable(__field2)
            && <Key<T> as ::ratoon_reset::__private::Reset>::reusable(__field4)
            && <Key<T> as ::ratoon_reset::__private::Capacity>::capacity(__field4)
                <= ::ratoon_reset::__private::limit(|| N)
            && (match __field5 {
                ::ratoon_reset::__private::core::option::Option::Some(__inner) => {
                    <Buffer<T> as ::ratoon_reset::__private::Reset>::reusable(__inner)
                }
                ::ratoon_reset::__private::core::option::Option::None => true,
            }) && <U as ::ratoon_reset::__private::Reset>::reusable(__field6)
    }
    #[inline]
    fn retained_bytes(&self) -> ::ratoon_reset::__private::core::primitive::usize {
        let Self {
            items: __field0,
            more: __field1,
            bytes: __field2,
            last: _,
            key: __field4,
            buffer: __field5,
            tail: __field6,
        } = self;
        0usize
            .saturating_add(
                <Vec<T> as ::ratoon_reset::__private::Reset>::retained_bytes(__field0),
            )
            .saturating_add(
                <Vec<T> as ::ratoon_reset::__private::Reset>::retained_bytes(__field1),
            )
            .saturating_add(
                <[u8; N] as ::ratoon_reset::__private::Reset>::retained_bytes(__field2),
            )
            .saturating_add(
                <Key<T> as ::ratoon_reset::__private::Reset>::retained_bytes(__field4),
            )
            .saturating_add(
                match __field5 {
                    ::ratoon_reset::__private::core::option::Option::Some(__inner) => {
                        <Buffer<
                            T,
                        > as ::ratoon_reset::__private::Reset>::retained_bytes(__inner)
                    }
                    ::ratoon_reset::__private::core::option::Option::None => 0,
                },
            )
            .saturating_add(
                <U as ::ratoon_reset::__private::Reset>::retained_bytes(__field6),
            )
    }
}
