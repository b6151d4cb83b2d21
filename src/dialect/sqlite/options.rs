//! The options that only SQLite knows.

use crate::dialect::Unsupported;
pub(super) use crate::dialect::options::{is_on, text};
use crate::error::nearest;
use crate::schema::{OptionValue, Options};

/// Of a table: values are of the type of their column.
pub(super) const STRICT: &str = "sqlite.strict";
/// Of a table: it is kept in the order of its primary key.
pub(super) const WITHOUT_ROWID: &str = "sqlite.without_rowid";
/// Of a table: its numbers are never used twice.
pub(super) const AUTOINCREMENT: &str = "sqlite.autoincrement";
/// Of a primary key, a unique constraint or a check: what happens to a row that violates it, one
/// of `OnConflict::ALL`.
pub(super) const ON_CONFLICT: &str = "sqlite.on_conflict";
/// Of a column: what happens to a row that leaves it NULL, one of `OnConflict::ALL`.
pub(super) const NOT_NULL_ON_CONFLICT: &str = "sqlite.not_null_on_conflict";
/// Of a column: its type as its text says it, where that is another word for the same.
pub(super) const TYPE: &str = "sqlite.type";
/// Of a primary key, a unique constraint or a view: its columns as they stand between the
/// parentheses, where there is more to them than names.
pub(super) const COLUMNS: &str = "sqlite.columns";

/// Rejects options for SQLite that `of` ("a table") does not have, or of the wrong kind.
///
/// # Errors
/// Names the option, with the nearest one there is.
pub(super) fn known(options: &Options, of: &str, names: &[&str]) -> Result<(), Unsupported> {
    for (name, value) in options.iter().filter(|(name, _)| name.starts_with("sqlite.")) {
        if !names.contains(&name.as_str()) {
            let hint = match (nearest(name, names.iter().copied()), names) {
                (Some(near), _) => Some(format!("did you mean `{near}`?")),
                (None, []) => None,
                (None, _) => Some(format!("there are `{}`", names.join("`, `"))),
            };
            return Err(Unsupported::new(format!("{of} has no option `{name}`"), hint));
        }
        let fits = match name.as_str() {
            STRICT | WITHOUT_ROWID | AUTOINCREMENT => matches!(value, OptionValue::Boolean(_)),
            ON_CONFLICT | NOT_NULL_ON_CONFLICT => matches!(
                value,
                OptionValue::Text(word) if super::ddl::OnConflict::parse(word).is_some()
            ),
            _ => matches!(value, OptionValue::Text(_)),
        };
        if !fits {
            let hint = match name.as_str() {
                STRICT | WITHOUT_ROWID | AUTOINCREMENT => "it is true or false".to_owned(),
                ON_CONFLICT | NOT_NULL_ON_CONFLICT => {
                    let words = super::ddl::OnConflict::ALL.map(|(_, word)| format!("`{word}`"));
                    format!("it is one of {}", words.join(", "))
                }
                _ => "it is a text".to_owned(),
            };
            return Err(Unsupported::new(format!("wrong value for the option `{name}`"), hint));
        }
    }
    Ok(())
}
