//! Look-ups among 4 to 128 headers: where a scan ends to be quicker than a hash table.

use std::hint::black_box;

use ratoon_header_map::{HeaderMap, HeaderName, header};

use crate::harness::{Kind, Subject};

/// Names of the application: ours is a constant, that of `http` a static, which is faster there.
const TENANT: HeaderName = HeaderName::from_static("x-tenant-id");
const REGION: HeaderName = HeaderName::from_static("x-region");
const ABSENT: HeaderName = HeaderName::from_static("x-absent");
static HTTP_CUSTOM: [http::HeaderName; 3] = [
    http::HeaderName::from_static("x-tenant-id"),
    http::HeaderName::from_static("x-region"),
    http::HeaderName::from_static("x-absent"),
];
static HTTP_KNOWN: [http::HeaderName; 3] =
    [http::header::COOKIE, http::header::USER_AGENT, http::header::IF_NONE_MATCH];

/// Three look-ups by constants that every map knows among `N` headers; one is not there.
pub(super) fn known<const N: usize>(_: usize) -> Vec<Subject> {
    subjects::<N>(
        |map| {
            let [cookie, agent, absent] = [
                map.get(header::COOKIE),
                map.get(header::USER_AGENT),
                map.get(header::IF_NONE_MATCH),
            ];
            [cookie, agent, absent].into_iter().flatten().map(|value| value.len()).sum()
        },
        &HTTP_KNOWN,
    )
}

/// The same by constants that only the application knows.
pub(super) fn custom<const N: usize>(_: usize) -> Vec<Subject> {
    subjects::<N>(
        |map| {
            let [tenant, region, absent] = [map.get(TENANT), map.get(REGION), map.get(ABSENT)];
            [tenant, region, absent].into_iter().flatten().map(|value| value.len()).sum()
        },
        &HTTP_CUSTOM,
    )
}

fn subjects<const N: usize>(
    look_up: fn(&HeaderMap) -> usize,
    http_names: &'static [http::HeaderName; 3],
) -> Vec<Subject> {
    let (mut map, mut http_map) = (HeaderMap::new(), http::HeaderMap::with_capacity(N));
    for name in names::<N>() {
        map.append(&name, "value").expect("a valid header");
        let name = http::HeaderName::try_from(name).expect("a valid name");
        http_map.append(name, http::HeaderValue::from_static("value"));
    }
    vec![
        Subject::new("ratoon", Kind::Ratoon, move |_| look_up(black_box(&map)) as u64),
        Subject::new("http", Kind::Peer, move |_| {
            let map = black_box(&http_map);
            http_names.iter().map(|name| map.get(name).map_or(0, |value| value.len()) as u64).sum()
        }),
    ]
}

/// What is looked up lies at the beginning, in between and at the end.
fn names<const N: usize>() -> Vec<String> {
    let mut names: Vec<_> = (0..N).map(|n| format!("x-filler-{n}")).collect();
    for (at, name) in
        [(0, "x-region"), (N / 4, "cookie"), (N / 2, "x-tenant-id"), (N - 1, "user-agent")]
    {
        names[at] = name.into();
    }
    names
}
