//! Slices, arrays and tuples: each element is reset, the length stays.

use crate::Reset;

/// Each element is reset; the length of a slice is part of its type's shape and stays.
impl<T: Reset> Reset for [T] {
    #[inline]
    fn reset(&mut self) {
        self.iter_mut().for_each(T::reset);
    }

    #[inline]
    fn reusable(&self) -> bool {
        self.iter().all(T::reusable)
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        self.iter().map(T::retained_bytes).fold(0, usize::saturating_add)
    }
}

/// Each element is reset.
impl<T: Reset, const N: usize> Reset for [T; N] {
    #[inline]
    fn reset(&mut self) {
        self.as_mut_slice().reset();
    }

    #[inline]
    fn reusable(&self) -> bool {
        self.as_slice().reusable()
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        self.as_slice().retained_bytes()
    }
}

macro_rules! reset_tuples {
    ($($name:ident . $index:tt)*) => { reset_tuples! { @grow [] $($name . $index)* } };
    (@grow [$($done:tt)*]) => {};
    (@grow [$($done:tt)*] $name:ident . $index:tt $($rest:tt)*) => {
        reset_tuples! { @impl $($done)* $name . $index }
        reset_tuples! { @grow [$($done)* $name . $index] $($rest)* }
    };
    (@impl $($name:ident . $index:tt)+) => {
        impl<$($name: Reset),+> Reset for ($($name,)+) {
            #[inline]
            fn reset(&mut self) {
                $(self.$index.reset();)+
            }

            #[inline]
            fn reusable(&self) -> bool {
                $(self.$index.reusable())&&+
            }

            #[inline]
            fn retained_bytes(&self) -> usize {
                0_usize$(.saturating_add(self.$index.retained_bytes()))+
            }
        }
    };
}

// One impl for every prefix: `(A,)`, `(A, B)`, … to twelve.
reset_tuples! { A.0 B.1 C.2 D.3 E.4 F.5 G.6 H.7 I.8 J.9 K.10 L.11 }
