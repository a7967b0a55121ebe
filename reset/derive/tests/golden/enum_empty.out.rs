#[automatically_derived]
impl ::ratoon_reset::__private::Reset for Never {
    #[inline]
    fn reset(&mut self) {
        match *self {}
    }
}
