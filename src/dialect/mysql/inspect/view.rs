//! Views.

use super::super::options::{ALGORITHM, CHECK_OPTION, SECURITY};
use super::expression::{plain, unqualified};
use super::{Fields, set_text};

use crate::schema::{Name, Options, Sql, View};

/// A view, without its own database in front of the names in its query.
pub(super) fn view(schema: &str, name: Name, mut fields: Fields) -> View {
    let query = fields.text();
    // What lies in another database must say so.
    let query = match name.schema {
        None => unqualified(query.trim(), schema),
        Some(_) => query,
    };
    let mut options = Options::new();
    let mut said = |option, usual: &str| {
        let text = fields.optional().filter(|it| !it.eq_ignore_ascii_case(usual));
        set_text(&mut options, option, text.map(|it| it.to_lowercase()));
    };
    said(SECURITY, "DEFINER");
    said(CHECK_OPTION, "NONE");
    // MySQL does not tell it here.
    said(ALGORITHM, "UNDEFINED");
    View { name, materialized: false, definition: Sql::new(plain(&query)), options }
}
