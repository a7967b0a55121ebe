#[derive(Reset)]
struct Attributes {
    #[reset(skip = "a handle to shared, immutable configuration")]
    config: Arc<Config>,
    #[reset(with = clear_cache, bytes = cache_bytes)]
    cache: Cache,
    #[reset(value = Instant::now())]
    started: Instant,
    #[reset(default)]
    mode: Mode,
    #[reset(max_capacity = 64 * 1024)]
    body: Vec<u8>,
    #[reset(discard_above = LIMIT)]
    answer: String,
    #[reset(inner = "every request has a session", max_capacity = 16)]
    session: Option<Vec<u8>>,
    #[reset(inner = "every request has one")]
    parentheses: (std::option::Option<u64>),
    #[reset(zeroize)]
    password: String,
}
