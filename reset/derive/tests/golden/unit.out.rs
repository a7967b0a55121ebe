#[automatically_derived]
impl ::ratoon_reset::__private::Reset for Unit {
    #[inline]
    fn reset(&mut self) {
        let Self {} = self;
    }
}
