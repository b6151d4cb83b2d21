//! Statements that make tables and indexes, and the clauses of which they consist.

use super::Postgres;
use crate::dialect::{Statement, Unsupported};
use crate::schema::Table;

/// `CREATE TABLE` and its comments.
///
/// # Errors
/// When PostgreSQL has no such table.
pub(super) fn table(_: &Postgres, _: &Table) -> Result<Vec<Statement>, Unsupported> {
    Err(Unsupported::new("unfinished", None))
}

/// `CREATE INDEX` and its comment.
///
/// # Errors
/// When PostgreSQL has no such index.
pub(super) fn index(
    _: &Postgres,
    _: &crate::schema::Name,
    _: &crate::schema::Index,
) -> Result<Vec<Statement>, Unsupported> {
    Err(Unsupported::new("unfinished", None))
}
