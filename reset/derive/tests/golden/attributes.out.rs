/// Not made fresh by `reset`:
///
/// * `config`: kept. a handle to shared, immutable configuration
/// * `session`: stays `Some`, its content is reset. every request has a session
/// * `parentheses`: stays `Some`, its content is reset. every request has one
#[automatically_derived]
impl ::ratoon_reset::__private::Reset for Attributes {
    #[inline]
    fn reset(&mut self) {
        let Self {
            config: _,
            cache: __field1,
            started: __field2,
            mode: __field3,
            body: __field4,
            answer: __field5,
            session: __field6,
            parentheses: __field7,
            password: __field8,
        } = self;
        #[deny(unused_must_use)] clear_cache(&mut *__field1);
        *__field2 = ::ratoon_reset::__private::evaluate::<Instant>(|| Instant::now());
        *__field3 = <Mode as ::ratoon_reset::__private::core::default::Default>::default();
        <Vec<u8> as ::ratoon_reset::__private::Reset>::reset(__field4);
        let __max = ::ratoon_reset::__private::limit(|| 64 * 1024);
        if <Vec<u8> as ::ratoon_reset::__private::Capacity>::capacity(__field4) > __max {
            <Vec<u8> as ::ratoon_reset::__private::Capacity>::shrink_to(__field4, __max);
        }
        <String as ::ratoon_reset::__private::Reset>::reset(__field5);
        if let ::ratoon_reset::__private::core::option::Option::Some(__inner) = __field6 {
            <Vec<u8> as ::ratoon_reset::__private::Reset>::reset(__inner);
            let __max = ::ratoon_reset::__private::limit(|| 16);
            if <Vec<u8> as ::ratoon_reset::__private::Capacity>::capacity(__inner)
                > __max
            {
                <Vec<
                    u8,
                > as ::ratoon_reset::__private::Capacity>::shrink_to(__inner, __max);
            }
        }
        if let ::ratoon_reset::__private::core::option::Option::Some(__inner) = __field7 {
            <u64 as ::ratoon_reset::__private::Reset>::reset(__inner);
        }
        ::ratoon_reset::__private::zeroize_then_reset::<String>(__field8);
    }
    #[inline]
    fn reusable(&self) -> ::ratoon_reset::__private::core::primitive::bool {
        let Self {
            config: _,
            cache: _,
            started: _,
            mode: _,
            body: __field4,
            answer: __field5,
            session: __field6,
            parentheses: __field7,
            password: __field8,
        } = self;
        <Vec<u8> as ::ratoon_reset::__private::Reset>::reusable(__field4)
            && <String as ::ratoon_reset::__private::Reset>::reusable(__field5)
            && <String as ::ratoon_reset::__private::Capacity>::capacity(__field5)
                <= ::ratoon_reset::__private::limit(|| LIMIT)
            && (match __field6 {
                ::ratoon_reset::__private::core::option::Option::Some(__inner) => {
                    <Vec<u8> as ::ratoon_reset::__private::Reset>::reusable(__inner)
                }
                ::ratoon_reset::__private::core::option::Option::None => true,
            })
            && (match __field7 {
                ::ratoon_reset::__private::core::option::Option::Some(__inner) => {
                    <u64 as ::ratoon_reset::__private::Reset>::reusable(__inner)
                }
                ::ratoon_reset::__private::core::option::Option::None => true,
            }) && <String as ::ratoon_reset::__private::Reset>::reusable(__field8)
    }
    #[inline]
    fn retained_bytes(&self) -> ::ratoon_reset::__private::core::primitive::usize {
        let Self {
            config: _,
            cache: __field1,
            started: _,
            mode: _,
            body: __field4,
            answer: __field5,
            session: __field6,
            parentheses: __field7,
            password: __field8,
        } = self;
        0usize
            .saturating_add(cache_bytes(__field1))
            .saturating_add(
                <Vec<u8> as ::ratoon_reset::__private::Reset>::retained_bytes(__field4),
            )
            .saturating_add(
                <String as ::ratoon_reset::__private::Reset>::retained_bytes(__field5),
            )
            .saturating_add(
                match __field6 {
                    ::ratoon_reset::__private::core::option::Option::Some(__inner) => {
                        <Vec<
                            u8,
                        > as ::ratoon_reset::__private::Reset>::retained_bytes(__inner)
                    }
                    ::ratoon_reset::__private::core::option::Option::None => 0,
                },
            )
            .saturating_add(
                match __field7 {
                    ::ratoon_reset::__private::core::option::Option::Some(__inner) => {
                        <u64 as ::ratoon_reset::__private::Reset>::retained_bytes(
                            __inner,
                        )
                    }
                    ::ratoon_reset::__private::core::option::Option::None => 0,
                },
            )
            .saturating_add(
                <String as ::ratoon_reset::__private::Reset>::retained_bytes(__field8),
            )
    }
}
