use ratoon_reset::Reset;

#[derive(Reset)]
#[reset(bound = T: Reset)]
struct NoString<T>(T);

#[derive(Reset)]
#[reset(bound = "T Reset")]
struct NoColon<T>(T);

#[derive(Reset)]
#[reset(bound = "")]
struct TooLittle<T>(T);

fn main() {}
