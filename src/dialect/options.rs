//! Reading the options that only one dialect knows.

use crate::schema::{OptionValue, Options};

/// Whether the option `name` is on.
pub(super) fn is_on(options: &Options, name: &str) -> bool {
    options.get(name) == Some(&OptionValue::Boolean(true))
}

/// The text of the option `name`.
pub(super) fn text<'a>(options: &'a Options, name: &str) -> Option<&'a str> {
    match options.get(name) {
        Some(OptionValue::Text(text)) => Some(text),
        _ => None,
    }
}
