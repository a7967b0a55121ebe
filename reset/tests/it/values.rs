//! Numbers, wrappers and what may be absent.

use core::cmp::Reverse;
use core::marker::PhantomData;
use core::num::{Saturating, Wrapping};
use core::time::Duration;

use ratoon_reset::Reset;

use crate::{Opaque, Probe, after_reset};

#[test]
fn numbers_become_zero() {
    macro_rules! check {
        ($($ty:ident)*) => {$(
            assert_eq!(after_reset($ty::MAX), 0 as $ty);
            assert_eq!(after_reset($ty::MIN), 0 as $ty);
        )*};
    }
    check! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }
}

#[test]
fn floats_become_positive_zero() {
    assert_eq!(after_reset(-0.0_f64).to_bits(), 0);
    assert_eq!(after_reset(f32::NAN).to_bits(), 0);
}

#[test]
fn bool_char_unit_and_duration_become_their_default() {
    assert!(!after_reset(true));
    assert_eq!(after_reset('x'), '\0');
    after_reset(());
    assert_eq!(after_reset(Duration::from_millis(7)), Duration::ZERO);
}

#[test]
fn ranges_become_those_of_the_default_bounds() {
    assert_eq!(after_reset(3..7_u8), 0..0);
    assert_eq!(after_reset(3..=7_u8), 0..=0);
    assert_eq!(after_reset(3_u8..), 0..);
    assert_eq!(after_reset(..7_u8), ..0);
    assert_eq!(after_reset(..=7_u8), ..=0);
    assert_eq!(after_reset(..), ..);
    let mut exhausted = 3..=3_u8;
    exhausted.next();
    assert_eq!(after_reset(exhausted), 0..=0, "the end of an iteration is no longer seen");
}

#[test]
fn wrappers_reset_what_is_inside() {
    assert_eq!(after_reset(Wrapping(7_u8)), Wrapping(0));
    assert_eq!(after_reset(Saturating(7_u8)), Saturating(0));
    let Reverse(text) = after_reset(Reverse(String::from("long enough to be kept")));
    assert_eq!(text, "");
    assert!(text.capacity() >= 22);
}

#[test]
fn wrappers_ask_what_is_inside() {
    assert!(!Reverse(Probe::SPOILT).reusable());
    assert!(!Wrapping(Probe::SPOILT).reusable());
    assert!(!Saturating(Probe::SPOILT).reusable());
    assert_eq!(Reverse(Probe::holding(3)).retained_bytes(), 3);
}

#[test]
fn some_becomes_none_even_of_an_empty_value() {
    assert_eq!(after_reset(Some(0_u32)), None);
    assert_eq!(after_reset(Some(String::new())), None);
}

#[test]
fn option_and_phantom_data_ask_nothing_of_their_parameter() {
    assert!(after_reset(Some(Opaque)).is_none());
    after_reset(PhantomData::<Opaque>);
    after_reset(PhantomData::<dyn Fn(Opaque)>);
}
