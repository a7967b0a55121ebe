//! Collects the errors of one derive, so that all of them are shown together.

use std::fmt::Display;

use quote::ToTokens;
use syn::Error;

/// The errors found so far.
#[derive(Default)]
pub(crate) struct Ctxt {
    errors: Option<Error>,
}

impl Ctxt {
    /// Adds an error that underlines `tokens`.
    pub(crate) fn error(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.push(Error::new_spanned(tokens, message));
    }

    pub(crate) fn push(&mut self, error: Error) {
        match &mut self.errors {
            Some(errors) => errors.combine(error),
            None => self.errors = Some(error),
        }
    }

    /// All errors as one, or `value` where there was none.
    pub(crate) fn finish<T>(self, value: T) -> Result<T, Error> {
        match self.errors {
            Some(errors) => Err(errors),
            None => Ok(value),
        }
    }
}
