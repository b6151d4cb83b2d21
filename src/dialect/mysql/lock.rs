//! One migrator at a time, and how long a session waits.
//!
//! The lock is one of the server's own locks of a session: it needs no table, so it is taken before any
//! table is looked for, and the server lets go of it when the session ends, however that comes about.

use std::thread;
use std::time::{Duration, Instant};

use super::{Flavour, holder};
use crate::dialect::{Connection, DbError, Limits};

/// The name of the lock on the session's database: such locks are of the whole server. Names of locks
/// are no longer than 64 characters, and are alike whatever their case.
pub(super) const NAME: &str = "CONCAT('limbeck:', LEFT(SHA2(DATABASE(), 256), 32))";

/// How long to sleep between the first attempts, and between the last ones.
const PAUSES: (Duration, Duration) = (Duration::from_millis(20), Duration::from_millis(200));

/// Readies a session for changing the schema.
///
/// # Errors
/// `DbError::Locked` when the wait for another migrator is over, and whatever the server says.
pub(super) fn prepare(db: &mut dyn Connection, limits: &Limits) -> Result<(), DbError> {
    db.lock(limits.lock_timeout)?;
    db.limit(limits.statement_timeout)
}

/// Takes the lock for the session, and gives its name.
///
/// # Errors
/// `DbError::Locked` when the wait is over, and whatever the server says.
pub(super) fn take(
    db: &mut dyn Connection,
    flavour: Flavour,
    wait: Duration,
) -> Result<String, DbError> {
    let rows = db.query(&format!("SELECT {NAME}"), &[])?;
    let name = rows.into_iter().flatten().flatten().next().unwrap_or_default();
    let attempt = format!("SELECT GET_LOCK('{name}', 0)");
    let begin = Instant::now();
    let (mut pause, longest) = PAUSES;
    loop {
        let rows = db.query(&attempt, &[])?;
        if rows.first().and_then(|row| row.first()?.as_deref()) == Some("1") {
            return Ok(name);
        }
        let left = wait.saturating_sub(begin.elapsed());
        if left.is_zero() {
            return Err(DbError::Locked { holder: session(db, flavour, &name)? });
        }
        thread::sleep(pause.min(left));
        pause = (pause * 3 / 2).min(longest);
    }
}

/// The statement that lets go of the lock.
pub(super) fn give_back(name: &str) -> String {
    format!("DO RELEASE_LOCK('{name}')")
}

/// The session that holds the lock, in words.
fn session(db: &mut dyn Connection, flavour: Flavour, name: &str) -> Result<String, DbError> {
    let (facts, sessions) = holder::facts(flavour);
    let sql = format!("SELECT {facts} FROM {sessions} WHERE p.ID = IS_USED_LOCK('{name}')");
    // Not everybody may see the sessions of others.
    if let Some(row) = db.query(&sql, &[]).ok().and_then(|rows| rows.into_iter().next()) {
        return Ok(holder::shown(&row));
    }
    let rows = db.query(&format!("SELECT IS_USED_LOCK('{name}')"), &[])?;
    Ok(holder::shown(&rows.into_iter().next().unwrap_or_default()))
}
