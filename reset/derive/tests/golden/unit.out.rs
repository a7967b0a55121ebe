#[automatically_derived]
#[allow(deprecated, unused_qualifications)]
impl ::ratoon_reset::__private::Reset for Unit {
    #[inline]
    fn reset(&mut self) {
        let Self {} = self;
    }
}
