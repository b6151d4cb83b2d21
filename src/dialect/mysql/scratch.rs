//! Databases in which a revision is tried.

use super::MySql;
use crate::dialect::{Connection, DbError};

/// A database beside `live` in which nothing is.
pub(super) fn empty(_: &MySql, _: &mut dyn Connection) -> Result<Box<dyn Connection>, DbError> {
    Err(DbError::NoScratch { why: "later".to_owned(), hint: None })
}

/// A database with the schema of `live`, as far as it is modelled, and without rows.
pub(super) fn scratch(_: &MySql, _: &mut dyn Connection) -> Result<Box<dyn Connection>, DbError> {
    Err(DbError::NoScratch { why: "later".to_owned(), hint: None })
}
