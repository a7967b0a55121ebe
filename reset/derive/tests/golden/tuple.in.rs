#[derive(Reset)]
struct Pair(String, #[reset(skip = "a counter over all requests")] u64);
