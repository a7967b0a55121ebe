#[derive(Reset)]
struct Generics<'a, T: Clone, U: ?Sized = str, const N: usize = 4>
where
    T: 'a,
{
    items: Vec<T>,
    more: Vec<T>,
    bytes: [u8; N],
    #[reset(default)]
    last: Option<&'a T>,
    #[reset(zeroize, discard_above = N)]
    key: Key<T>,
    #[reset(inner = "presence says nothing")]
    buffer: Option<Buffer<T>>,
    tail: U,
}
