#[automatically_derived]
impl<T> ::ratoon_reset::__private::Reset for Body<T>
where
    Option<T>: ::ratoon_reset::__private::core::default::Default,
{
    #[inline]
    fn reset(&mut self) {
        *self = Self::Inline {
            bytes: ::ratoon_reset::__private::evaluate::<[u8; 32]>(|| [0; 32]),
            length: <u8 as ::ratoon_reset::__private::core::default::Default>::default(),
            rest: ::ratoon_reset::__private::evaluate::<
                Vec<u8>,
            >(|| Vec::with_capacity(8)),
            next: <Option<
                T,
            > as ::ratoon_reset::__private::core::default::Default>::default(),
        };
    }
    #[inline]
    fn retained_bytes(&self) -> ::ratoon_reset::__private::core::primitive::usize {
        match self {
            Self::Inline { bytes: _, length: _, rest: __field2, next: _ } => {
                Vec::capacity(__field2)
            }
            Self::Empty { .. } | Self::Shared { .. } => 0,
        }
    }
}
