//! What a declaration becomes in MySQL and MariaDB.

use super::MySql;
use crate::dialect::{Connection, NormalizeError};
use crate::schema::Schema;

/// What `inspect` would report of a database made from `declared`.
///
/// # Errors
/// All that this server cannot hold, and whatever it says.
pub(super) fn normalize(
    _: &MySql,
    declared: &Schema,
    _: &Schema,
    _: &mut dyn Connection,
) -> Result<Schema, NormalizeError> {
    Ok(declared.clone())
}
