//! `==` between a type of this crate and strings or bytes.

/// Implements `==` with strings and bytes, by value and behind a reference, on either side. The function
/// says whether a value of the type equals some bytes.
macro_rules! eq_either_side {
    ($this:ty, $equals:path) => {
        $crate::eq::eq_either_side! {
            $this, $equals;
            [] str, [] &str, [] String, [] &String,
            [] [u8], [] &[u8], [] Vec<u8>, [] &Vec<u8>,
            [const N: usize] [u8; N], [const N: usize] &[u8; N],
        }
    };
    ($this:ty, $equals:path; $([$($generics:tt)*] $other:ty,)*) => {$(
        impl<$($generics)*> PartialEq<$other> for $this {
            fn eq(&self, other: &$other) -> bool {
                $equals(self, AsRef::<[u8]>::as_ref(other))
            }
        }

        impl<$($generics)*> PartialEq<$this> for $other {
            fn eq(&self, other: &$this) -> bool {
                other == self
            }
        }
    )*};
}

pub(crate) use eq_either_side;
