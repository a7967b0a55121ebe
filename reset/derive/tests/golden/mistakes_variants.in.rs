#[derive(Reset)]
#[repr(packed)]
enum MistakesVariants {
    #[reset(to, default)]
    Idle(#[reset(skip = "kept")] u8),
    #[reset(to = 7)]
    Busy,
    Other(#[reset(default)] u8),
}
