//! Changes of a table.

use super::Postgres;
use crate::dialect::{Statement, Unsupported};
use crate::operation::TableChange;
use crate::schema::{Name, Schema};

/// The statements of a group of changes.
///
/// # Errors
/// When PostgreSQL has no way to do it.
pub(super) fn alter(
    _: &Postgres,
    _: &Name,
    _: &[TableChange],
    _: &Schema,
) -> Result<Vec<Statement>, Unsupported> {
    Err(Unsupported::new("unfinished", None))
}
