//! The program that leaks: a handler that fills in what it learns, and relies on a context that is
//! fresh. It is a macro, so that the very same lines can be given a derive or not.

/// Defines `Context` with the given attributes, and `answer`.
#[doc(hidden)]
#[macro_export]
macro_rules! leak_program {
    ($(#[$attribute:meta])*) => {
        /// What the handlers of one request share; a fresh one is anonymous.
        $(#[$attribute])*
        #[derive(Debug, Default)]
        pub struct Context {
            user_id: u64,
            admin: bool,
        }

        /// Who is asking? Nobody says anything where there is no token.
        fn authenticate(context: &mut Context, token: Option<&str>) {
            if let Some(user) = token.and_then(|token| token.strip_prefix("Bearer user-")) {
                context.user_id = user.parse().unwrap_or_default();
                context.admin = context.user_id == 7;
            }
        }

        /// Tells a client who it is.
        pub fn answer(context: &mut Context, token: Option<&str>) -> String {
            authenticate(context, token);
            format!(r#"{{"user_id":{},"admin":{}}}"#, context.user_id, context.admin)
        }
    };
}
