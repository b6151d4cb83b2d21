//! Places where a revision is tried.

use super::Postgres;
use crate::dialect::{Connection, DbError};

/// A place beside `live` in which nothing is.
///
/// # Errors
/// Whatever the server says.
pub(super) fn empty(_: &Postgres, _: &mut dyn Connection) -> Result<Box<dyn Connection>, DbError> {
    Ok(Box::new(super::offline::Rehearsal::default()))
}

/// A place that looks like `live`.
///
/// # Errors
/// Whatever the server says.
pub(super) fn scratch(
    _: &Postgres,
    _: &mut dyn Connection,
) -> Result<Box<dyn Connection>, DbError> {
    Ok(Box::new(super::offline::Rehearsal::default()))
}
