//! A request context that holds types of other crates, and one dependency of this family.
#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

use std::collections::HashMap;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, Method, Request, Response, StatusCode, Uri, Version};
use indexmap::{IndexMap, IndexSet};
use ratoon_pool::{Pool, Reset};
use serde_json::{Map, Value};
use uuid::Uuid;

/// What one request works with. No attribute: each type knows how it becomes fresh.
#[derive(Debug, Default, Reset)]
pub struct Context {
    id: Uuid,
    state: parking_lot::Mutex<String>,
    routes: parking_lot::RwLock<Vec<u8>>,
    session: tokio::sync::Mutex<Option<u64>>,
    shared: tokio::sync::RwLock<HashMap<u64, String>>,
    user: tokio::sync::OnceCell<String>,
    parameters: IndexMap<String, String>,
    roles: IndexSet<u64>,
    document: Value,
    claims: Map<String, Value>,
    body: Bytes,
    buffer: BytesMut,
    method: Method,
    status: StatusCode,
    version: Version,
    uri: Uri,
    headers: HeaderMap,
    request: Request<Vec<u8>>,
    response: Response<String>,
}

static CONTEXTS: Pool<Context> = Pool::new(Context::default);

fn main() {
    let mut context = CONTEXTS.get();
    context.id = Uuid::from_u128(7);
    context.state.lock().push_str("secret");
    context.parameters.insert("user".into(), "7".into());
    let address: *const Context = &raw const *context;
    drop(context);

    let context = CONTEXTS.get();
    assert_eq!(&raw const *context, address);
    assert!(context.id.is_nil() && context.state.lock().is_empty());
    assert!(context.parameters.is_empty() && context.parameters.capacity() > 0);

    // A guard that was forgotten: the next user would wait for it forever.
    std::mem::forget(context.state.lock());
    drop(context);
    assert!(CONTEXTS.get().state.try_lock().is_some());
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};
    use proptest::prelude::*;
    use ratoon_pool::check;

    use super::*;

    type Texts = (String, String, String, Vec<u8>, Vec<u8>);

    fn dirty((words, numbers): (Texts, (u128, u64, u16))) -> Context {
        let (one, two, three, bytes, more) = words;
        let (long, number, short) = numbers;
        let uri = Uri::try_from(format!("/{number}")).unwrap();
        let status = StatusCode::from_u16(100 + short % 900).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(HeaderName::from_static("x-number"), HeaderValue::from(number));
        let mut request = Request::new(bytes.clone());
        *request.uri_mut() = uri.clone();
        *request.headers_mut() = headers.clone();
        request.extensions_mut().insert(number);
        let mut response = Response::new(one.clone());
        *response.status_mut() = status;
        *response.headers_mut() = headers.clone();
        Context {
            id: Uuid::from_u128(long),
            state: parking_lot::Mutex::new(one.clone()),
            routes: parking_lot::RwLock::new(bytes.clone()),
            session: tokio::sync::Mutex::new(Some(number)),
            shared: tokio::sync::RwLock::new(HashMap::from([(number, two.clone())])),
            user: tokio::sync::OnceCell::new_with(Some(three.clone())),
            parameters: IndexMap::from([(one.clone(), two.clone())]),
            roles: IndexSet::from([number]),
            document: Value::from(vec![one.clone()]),
            claims: Map::from_iter([(two, Value::from(number))]),
            body: Bytes::from(bytes),
            buffer: BytesMut::from(&more[..]),
            method: Method::DELETE,
            status,
            version: Version::HTTP_2,
            uri,
            headers,
            request,
            response,
        }
    }

    #[test]
    fn contexts_of_the_pool() {
        main();
    }

    // All that the next user could observe is in the `Debug` output here, but for the extensions.
    #[test]
    fn the_law() {
        let strategy = any::<(Texts, (u128, u64, u16))>().prop_map(dirty);
        check::law(Context::default, strategy, |context| {
            (format!("{context:?}"), context.request.extensions().len())
        });
    }
}
