#[automatically_derived]
#[allow(deprecated, unused_qualifications)]
impl ::ratoon_reset::__private::Reset for Never {
    #[inline]
    fn reset(&mut self) {
        match *self {}
    }
}
