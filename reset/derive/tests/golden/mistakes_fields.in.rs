#[derive(Reset)]
#[reset]
#[reset(skip = "kept", bound = 7, crate = 8)]
struct MistakesFields<T> {
    #[reset()]
    empty: T,
    #[reset(unknown, to, default, skip = "kept", = 7, default)]
    #[reset(default)]
    keys: u8,
    #[reset(value, max_capacity =, skip = 7, inner = " ")]
    values: u8,
    #[reset(default = 7)]
    flag_with_value: u8,
    #[reset(zeroize(7))]
    flag_with_list: u8,
    #[reset(default zeroize)]
    no_comma: u8,
    #[reset(with = clear(), bytes = 0)]
    call: u8,
    #[reset(with = |a, b| a, default)]
    closure: u8,
    #[reset(inner = "presence says nothing")]
    no_option: Vec<u8>,
    #[reset(inner = "presence says nothing")]
    other_option: my::Option<u8, u16>,
    #[reset(inner = "presence says nothing")]
    no_argument: Option,
    #[reset(skip = "kept", max_capacity = 7)]
    limit: Vec<u8>,
    #[reset(with = clear, reusable = 7)]
    no_bytes: Vec<u8>,
    #[reset(bytes = 7)]
    number: Vec<u8>,
}
