//! What a handler carries beside the headers: typed fields of a context that is reset, or a map from
//! type to boxed value (GoFarm's `interface{}` values, `http::Extensions`).

use std::hint::black_box;

use ratoon_pool::Reset;

use crate::harness::{Kind, Subject};

#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct User(u64);

#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Tenant(u32);

#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Trace([u64; 2]);

#[derive(Debug, Default)]
struct Context {
    user: Option<User>,
    tenant: Option<Tenant>,
    trace: Option<Trace>,
}

impl Reset for Context {
    #[inline]
    fn reset(&mut self) {
        self.user = None;
        self.tenant = None;
        self.trace = None;
    }
}

/// Three values set, read and forgotten.
pub(super) fn subjects() -> Vec<Subject> {
    let mut context = Context::default();
    let mut reused = http::Extensions::new();
    vec![
        Subject::new("ratoon (fields)", Kind::Ratoon, move |i| {
            let context = black_box(&mut context);
            context.user = Some(User(i));
            context.tenant = Some(Tenant(7));
            context.trace = Some(Trace([i, 1]));
            let context_seen = black_box(&mut *context);
            let sum = context_seen.user.map_or(0, |user| user.0)
                + u64::from(context_seen.tenant.map_or(0, |tenant| tenant.0))
                + context_seen.trace.map_or(0, |trace| trace.0[0]);
            context.reset();
            sum
        }),
        Subject::new("http (Extensions, cleared)", Kind::Peer, move |i| {
            let sum = through(&mut reused, i);
            reused.clear();
            sum
        }),
        Subject::new("http (Extensions, new)", Kind::Peer, |i| {
            through(&mut http::Extensions::new(), i)
        }),
    ]
}

fn through(extensions: &mut http::Extensions, i: u64) -> u64 {
    extensions.insert(User(i));
    extensions.insert(Tenant(7));
    extensions.insert(Trace([i, 1]));
    let extensions = black_box(extensions);
    extensions.get::<User>().map_or(0, |user| user.0)
        + u64::from(extensions.get::<Tenant>().map_or(0, |tenant| tenant.0))
        + extensions.get::<Trace>().map_or(0, |trace| trace.0[0])
}
