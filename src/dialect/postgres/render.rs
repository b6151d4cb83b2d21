//! Statements for operations.

use super::{Postgres, alter, create};
use crate::dialect::{Scope, Statement, Unsupported};
use crate::operation::Operation;
use crate::schema::Schema;

/// What `render` must see of the live database.
pub(super) fn looks_at(_: &Operation) -> Option<Scope> {
    None
}

/// The statements that carry out `op` on a database that looks like `before`.
///
/// # Errors
/// When PostgreSQL has no way to do it.
pub(super) fn render(
    dialect: &Postgres,
    op: &Operation,
    before: &Schema,
) -> Result<Vec<Statement>, Unsupported> {
    match op {
        Operation::CreateTable(table) => create::table(dialect, table),
        Operation::AlterTable { table, changes } => alter::alter(dialect, table, changes, before),
        _ => Err(Unsupported::new("unfinished", None)),
    }
}
