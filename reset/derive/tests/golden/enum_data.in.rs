#[derive(Reset)]
enum Body<T> {
    Empty,
    #[reset(to)]
    Inline {
        #[reset(value = [0; 32])]
        bytes: [u8; 32],
        length: u8,
        #[reset(bytes = Vec::capacity, value = Vec::with_capacity(8))]
        rest: Vec<u8>,
        next: Option<T>,
    },
    Shared(Arc<[u8]>),
}
