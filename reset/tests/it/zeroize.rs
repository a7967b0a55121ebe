//! What the derive's `zeroize` attribute calls.
#![cfg(feature = "zeroize")]

use ratoon_reset::__private::zeroize_then_reset;
use ratoon_reset::Reset;
use zeroize::Zeroize;

#[test]
fn what_was_overwritten_is_fresh_and_keeps_its_capacity() {
    let mut text = String::from("secret");
    let capacity = text.capacity();
    zeroize_then_reset(&mut text);
    assert_eq!((text.as_str(), text.capacity()), ("", capacity));
    let mut key = [7_u8; 32];
    zeroize_then_reset(&mut key);
    assert_eq!(key, [0; 32]);
    zeroize_then_reset(&mut key[..4]);
    let mut token = Some(7_u64);
    zeroize_then_reset(&mut token);
    assert_eq!(token, None);
}

#[test]
fn overwriting_comes_before_the_reset() {
    #[derive(Default)]
    struct Steps(Vec<&'static str>);
    impl Zeroize for Steps {
        fn zeroize(&mut self) {
            self.0.push("overwrite");
        }
    }
    impl Reset for Steps {
        fn reset(&mut self) {
            self.0.push("reset");
        }
    }
    let mut steps = Steps::default();
    zeroize_then_reset(&mut steps);
    assert_eq!(steps.0, ["overwrite", "reset"]);
}
