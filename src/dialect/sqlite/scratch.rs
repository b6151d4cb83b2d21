//! An empty database that looks like another one.

use super::SqliteConnection;
use super::offline::Rehearsal;
use crate::dialect::{Connection, DbError};

/// The statements that made the live objects, in an order in which they can be run again: what
/// others are about comes first. Tables that SQLite makes by itself have no statement or a name
/// that begins with `sqlite_`, and those behind a virtual table come with it.
const STATEMENTS: &str = "\
SELECT sql FROM sqlite_schema
WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
AND name NOT IN (
    SELECT name FROM pragma_table_list WHERE type = 'shadow' AND schema = 'main'
)
ORDER BY CASE type WHEN 'table' THEN 1 WHEN 'index' THEN 2 WHEN 'view' THEN 3 ELSE 4 END, rowid";

/// How SQLite keeps the beginning of a virtual table's statement.
const VIRTUAL: &str = "CREATE VIRTUAL";

/// A database in memory with nothing in it.
///
/// # Errors
/// Whatever SQLite says.
pub(super) fn empty() -> Result<Rehearsal, DbError> {
    let mut empty = SqliteConnection::memory()?;
    // As in a session that changes a schema; within a transaction this does nothing.
    empty.execute("PRAGMA foreign_keys = OFF")?;
    Ok(Rehearsal::on(empty))
}

/// A database in memory with the schema of `live`, to the letter, and without rows.
///
/// # Errors
/// Whatever SQLite says.
pub(super) fn scratch(live: &mut dyn Connection) -> Result<Rehearsal, DbError> {
    let statements = live.query(STATEMENTS, &[])?;
    let mut scratch = empty()?;
    scratch.execute("BEGIN")?;
    for statement in statements.into_iter().flatten().flatten() {
        let made = scratch.execute(&statement);
        // A module that this program lacks is one whose tables it leaves alone.
        let is_virtual = statement.get(..14).is_some_and(|it| it.eq_ignore_ascii_case(VIRTUAL));
        if !is_virtual {
            made?;
        }
    }
    scratch.execute("COMMIT")?;
    Ok(scratch)
}
