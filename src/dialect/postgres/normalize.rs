//! What a declaration becomes in PostgreSQL.

use super::Postgres;
use crate::dialect::{Connection, NormalizeError};
use crate::schema::Schema;

/// What `inspect` would report of a database made from `declared`.
///
/// # Errors
/// All that PostgreSQL cannot hold, and whatever the server says.
pub(super) fn normalize(
    _: &Postgres,
    declared: &Schema,
    _: &Schema,
    _: &mut dyn Connection,
) -> Result<Schema, NormalizeError> {
    Ok(declared.clone())
}
