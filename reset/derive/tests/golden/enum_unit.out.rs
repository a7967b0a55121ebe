#[automatically_derived]
impl ::ratoon_reset::__private::Reset for State {
    #[inline]
    fn reset(&mut self) {
        *self = Self::Idle {};
    }
}
