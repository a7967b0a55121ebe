use ratoon_header_map::{AsHeaderName, AsHeaderValue};

struct Tenant;

impl AsHeaderName for Tenant {}
impl AsHeaderValue for Tenant {}

fn main() {}
