//! What a request context holds is let go of when the context is put, not when it is next used.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use ratoon_pool::{Pool, Reset};

/// Shared by all who wait for a request to be cancelled.
#[derive(Debug, Default)]
struct Token(AtomicBool);

#[derive(Debug, Default, Reset)]
struct Context {
    user: u64,
    admin: bool,
    name: String,
    session: Option<Arc<String>>,
    deadline: Option<Instant>,
    cancelled: Option<Arc<Token>>,
}

static CONTEXTS: Pool<Context> = Pool::new(Context::default);

fn use_one(session: &Arc<String>, token: &Arc<Token>) {
    let mut context = CONTEXTS.get();
    context.user = 7;
    context.admin = true;
    context.name.push_str("root");
    context.session = Some(Arc::clone(session));
    context.deadline = Some(Instant::now() + Duration::from_secs(30));
    context.cancelled = Some(Arc::clone(token));
    assert!(!token.0.load(Ordering::Relaxed));
}

#[test]
fn context_at_rest_holds_no_session_deadline_or_token() {
    let (session, token) = (Arc::new("session".to_owned()), Arc::new(Token::default()));
    let (session_seen, token_seen) = (Arc::downgrade(&session), Arc::downgrade(&token));
    use_one(&session, &token);
    assert_eq!((Arc::strong_count(&session), Arc::strong_count(&token)), (1, 1));
    drop((session, token));
    assert!(Weak::upgrade(&session_seen).is_none());
    assert!(Weak::upgrade(&token_seen).is_none());

    let context = CONTEXTS.get();
    assert_eq!((context.user, context.admin, context.name.as_str()), (0, false, ""));
    assert!(context.session.is_none() && context.deadline.is_none() && context.cancelled.is_none());
}
