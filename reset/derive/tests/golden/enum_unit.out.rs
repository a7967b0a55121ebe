#[automatically_derived]
#[allow(deprecated, unused_qualifications)]
impl ::ratoon_reset::__private::Reset for State {
    #[inline]
    fn reset(&mut self) {
        *self = Self::Idle {};
    }
}
