//! Events.

use super::super::text::{self, literal};
use super::{Catalogue, Fields, shown};
use crate::dialect::DbError;
use crate::schema::Name;

/// The statement that makes an event. When it began is part of it: the server always knows.
///
/// # Errors
/// Whatever the server says.
pub(super) fn definition(
    catalogue: &mut Catalogue,
    name: &Name,
    mut fields: Fields,
) -> Result<String, DbError> {
    let body = fields.text();
    let at = fields.optional();
    let (value, unit) = (fields.text(), fields.text());
    let (starts, ends) = (fields.optional(), fields.optional());
    let moment = |it: &str| literal(Default::default(), it);
    let mut text = format!("CREATE EVENT {} ON SCHEDULE ", text::name(name));
    match at {
        Some(at) => text.push_str(&format!("AT {}", moment(&at))),
        None => text.push_str(&format!("EVERY {value} {unit}")),
    }
    for (word, it) in [("STARTS", starts), ("ENDS", ends)] {
        text.extend(it.map(|it| format!(" {word} {}", moment(&it))));
    }
    if fields.is("PRESERVE") {
        text.push_str(" ON COMPLETION PRESERVE");
    }
    text.push_str(match &*fields.text() {
        "ENABLED" => "",
        "DISABLED" => " DISABLE",
        // It runs where the changes come from.
        _ => " DISABLE ON SLAVE",
    });
    let comment = fields.text();
    if !comment.is_empty() {
        text.push_str(&format!(" COMMENT {}", moment(&comment)));
    }
    let body = shown::body(catalogue, "EVENT", name, body)?;
    Ok(format!("{text} DO {body}"))
}
