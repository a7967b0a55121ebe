//! Arrays, slices, boxes and tuples.

use ratoon_reset::Reset;

use crate::{Probe, after_reset};

#[test]
fn arrays_reset_each_element_and_keep_its_capacity() {
    let array = after_reset([String::from("first"), String::from("second")]);
    assert_eq!(array, ["", ""]);
    assert!(array.iter().all(|text| text.capacity() >= 5));
    assert_eq!(after_reset([[1, 2], [3, 4]]), [[0, 0], [0, 0]]);
    assert_eq!(after_reset([0_u8; 0]), [0_u8; 0]);
}

#[test]
fn tuples_reset_each_element_up_to_twelve() {
    assert_eq!(after_reset((7,)), (0,));
    let full = (1_u8, 2_u16, 3_u32, 4_u64, 5_i8, 6_i16, 7_i32, 8_i64, 9.0_f32, true, 'x', Some(1));
    assert_eq!(after_reset(full), (0, 0, 0, 0, 0, 0, 0, 0, 0.0, false, '\0', None));
}

#[test]
fn boxed_slices_keep_their_length() {
    let boxed: Box<[u32]> = Box::new([1, 2, 3]);
    assert_eq!(*after_reset(boxed), [0, 0, 0]);
}

#[test]
fn boxes_keep_their_allocation() {
    let mut boxed = Box::new(7_u64);
    let before: *const u64 = &*boxed;
    boxed.reset();
    assert_eq!(*boxed, 0);
    assert_eq!(before, &*boxed as *const u64);
}

#[test]
fn one_spoilt_element_spoils_the_whole() {
    let good = Probe::default();
    for place in 0..3 {
        let mut probes = [good; 3];
        assert!(probes.reusable());
        probes[place] = Probe::SPOILT;
        assert!(!probes.reusable());
        assert!(!probes[..].reusable());
        assert!(!Box::new(probes).reusable());
        assert!(!(probes[0], probes[1], probes[2]).reusable());
    }
}

#[test]
fn retained_bytes_are_summed() {
    let text = String::with_capacity(10);
    assert_eq!([text.clone(), text.clone()].retained_bytes(), 0, "a clone has no spare capacity");
    assert_eq!((text, 7_u32, Probe::holding(5)).retained_bytes(), 15);
    assert_eq!([Probe::holding(2), Probe::holding(3)].retained_bytes(), 5);
    assert_eq!(Box::new([Probe::holding(2); 2]).retained_bytes(), 2 * size_of::<Probe>() + 4);
    let slice: Box<[u16]> = Box::new([0; 9]);
    assert_eq!(slice.retained_bytes(), 18);
    assert_eq!(Box::new(()).retained_bytes(), 0);
}

#[test]
fn retained_bytes_do_not_overflow() {
    let endless = Probe::holding(usize::MAX);
    assert_eq!([endless, endless].retained_bytes(), usize::MAX);
    assert_eq!((endless, endless).retained_bytes(), usize::MAX);
    assert_eq!(Box::new(endless).retained_bytes(), usize::MAX);
}
