/// What one request works with.
#[derive(Reset)]
pub struct Context {
    user: u64,
    pub path: String,
    headers: HashMap<String, Vec<u8>>,
}
