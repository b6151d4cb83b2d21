//! Changing a table: with SQLite's own `ALTER TABLE`, by an edit of the schema in place, or by
//! building the table anew.
//!
//! The first of these that can carry out a whole group of changes does. What SQLite's `ALTER
//! TABLE` can is little: <https://sqlite.org/lang_altertable.html>. The other two edit the text by
//! which SQLite keeps the table, so they lose nothing that stands in it.

mod change;
mod conditions;
mod in_place;
mod names;
mod native;
mod rebuild;
mod text;

use change::Change;

use super::Sqlite;
use crate::dialect::{Statement, Unsupported};
use crate::operation::TableChange;
use crate::schema::{Name, Schema, Table};

/// The statements that change the table `name`.
///
/// # Errors
/// When SQLite cannot hold the result, or the table is not known and would have to be.
pub(super) fn alter(
    dialect: Sqlite,
    name: &Name,
    changes: &[TableChange],
    before: &Schema,
) -> Result<Vec<Statement>, Unsupported> {
    let about = |error: Unsupported| Unsupported {
        table: error.table.or_else(|| Some(name.clone())),
        ..error
    };
    let same = |it: &&Table| it.name.name.eq_ignore_ascii_case(&name.name);
    let live = before.table(name).or_else(|| before.tables.iter().find(same));
    if let Some(statements) = native::alter(dialect, name, live, changes).map_err(about)? {
        return Ok(statements);
    }
    let Some(live) = live else {
        return Err(about(Unsupported::new(
            format!("SQLite must build the table `{name}` anew, and there is none to look at"),
            "check the name, or run this on the database that has the table".to_owned(),
        )));
    };
    let change = Change::new(live, changes, before).map_err(about)?;
    let statements = if dialect.edits_schema() && in_place::can(&change) {
        in_place::statements(&change)
    } else {
        rebuild::statements(dialect, &change)
    };
    statements.map_err(about)
}
