//! One migrator at a time, and how long a session waits.

use crate::dialect::{Connection, DbError, Limits};

/// Readies a session for changing the schema.
///
/// # Errors
/// `DbError::Locked` when the wait for another migrator is over, and whatever the server says.
pub(super) fn prepare(db: &mut dyn Connection, limits: &Limits) -> Result<(), DbError> {
    db.lock(limits.lock_timeout)?;
    db.limit(limits.statement_timeout)
}
