//! Statements for operations.

pub(super) mod names;

use super::MySql;
use crate::dialect::{Scope, Statement, Unsupported};
use crate::operation::Operation;
use crate::schema::Schema;

/// What `render` must see of the live database.
pub(super) fn looks_at(_op: &Operation) -> Option<Scope> {
    None
}

/// The statements that carry out `op`.
///
/// # Errors
/// When this server has no way to do it.
pub(super) fn render(_: &MySql, _: &Operation, _: &Schema) -> Result<Vec<Statement>, Unsupported> {
    Ok(Vec::new())
}
