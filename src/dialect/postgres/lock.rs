//! One migrator at a time, and how long a session waits.
//!
//! The lock is an advisory one of the session: it needs no table, so it is taken before any table
//! is looked for, and the server lets go of it when the session ends, however that comes about.
//! Behind a pooler a session is nobody's own: there a lease takes its place (`lease`), and each
//! respects the other.

use std::thread;
use std::time::{Duration, Instant};

use super::holder;
use super::lease;
use crate::dialect::{Connection, DbError, Limits, Row};

/// The two keys of the lock: `limb`, `eck`. Advisory locks are of one database.
pub(super) const KEYS: (i32, i32) = (0x6c69_6d62, 0x0065_636b);

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

/// Takes the lock for the session.
///
/// # Errors
/// `DbError::Locked` when the wait is over, and whatever the server says.
pub(super) fn take(db: &mut dyn Connection, wait: Duration) -> Result<(), DbError> {
    let (one, two) = KEYS;
    let attempt = format!("SELECT pg_try_advisory_lock({one}, {two})");
    in_turn(wait, || {
        if !db.query(&attempt, &[])?.first().is_some_and(|row| is_true(row, 0)) {
            return Ok(Some(session(db)?));
        }
        // Nobody takes a lease while this lock is held, so it is enough to look once it is.
        let holder = lease::holder(db)?;
        if holder.is_some() {
            db.query(&give_back(), &[])?;
        }
        Ok(holder)
    })
}

/// The statement that lets go of the lock.
pub(super) fn give_back() -> String {
    let (one, two) = KEYS;
    format!("SELECT pg_advisory_unlock({one}, {two})")
}

/// Whether the value of `row` at this place is true.
pub(super) fn is_true(row: &Row, at: usize) -> bool {
    row.get(at).and_then(Option::as_deref) == Some("t")
}

/// The session that holds the lock, in words.
pub(super) fn session(db: &mut dyn Connection) -> Result<String, DbError> {
    let (one, two) = KEYS;
    let sql = format!(
        "SELECT {} FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid \
         WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 \
         AND l.classid = {one} AND l.objid = {two} AND l.database = \
         (SELECT oid FROM pg_database WHERE datname = current_database()) LIMIT 1",
        holder::FACTS
    );
    let row = db.query(&sql, &[])?.into_iter().next().unwrap_or_default();
    // What it last ran says nothing: it may be waiting for its person.
    let facts: Row = row.into_iter().take(4).collect();
    Ok(holder::shown(&facts))
}

/// Calls `attempt` until it names nobody who is in the way, with growing pauses.
///
/// # Errors
/// `DbError::Locked` when that takes longer than `wait`, and those of `attempt`.
pub(super) fn in_turn(
    wait: Duration,
    mut attempt: impl FnMut() -> Result<Option<String>, DbError>,
) -> Result<(), DbError> {
    let begin = Instant::now();
    let (mut pause, longest) = PAUSES;
    loop {
        let Some(holder) = attempt()? else { return Ok(()) };
        let left = wait.saturating_sub(begin.elapsed());
        if left.is_zero() {
            return Err(DbError::Locked { holder });
        }
        thread::sleep(pause.min(left));
        pause = (pause * 3 / 2).min(longest);
    }
}
