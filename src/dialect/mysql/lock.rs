//! One migrator at a time, and how long a session waits.
//!
//! The lock is one of the server's own locks of a session: it needs no table, so it is taken before any
//! table is looked for, and the server lets go of it when the session ends, however that comes about.

use std::thread;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use super::{Flavour, holder};
use crate::dialect::{Connection, DbError, Limits};

/// How the names of the locks begin: they are of the whole server.
const PREFIX: &str = "limbeck:";
/// How long a name may be, in characters.
const LONGEST: usize = 64;

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

/// The name of the lock on a database. It holds neither quotes nor backslashes.
pub(super) fn name(database: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '$' | '.');
    let is_short = database.chars().count() + PREFIX.len() <= LONGEST;
    if is_short && database.chars().all(is_plain) {
        return format!("{PREFIX}{database}");
    }
    let digest = Sha256::digest(database.as_bytes());
    let digits: String = digest.iter().take(16).map(|it| format!("{it:02x}")).collect();
    format!("{PREFIX}{digits}")
}

/// Takes the lock of this name for the session.
///
/// # Errors
/// `DbError::Locked` when the wait is over, and whatever the server says.
pub(super) fn take(
    db: &mut dyn Connection,
    flavour: Flavour,
    name: &str,
    wait: Duration,
) -> Result<(), DbError> {
    let attempt = format!("SELECT GET_LOCK('{name}', 0)");
    let begin = Instant::now();
    let (mut pause, longest) = PAUSES;
    loop {
        let rows = db.query(&attempt, &[])?;
        if rows.first().and_then(|row| row.first()?.as_deref()) == Some("1") {
            return Ok(());
        }
        let left = wait.saturating_sub(begin.elapsed());
        if left.is_zero() {
            return Err(DbError::Locked { holder: session(db, flavour, name)? });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_locks() {
        let long = "a".repeat(57);
        for (database, expected) in [
            ("app", "limbeck:app"),
            ("it's", "limbeck:71a9ac8cea3a8ae9d6f5e9a9b6fae6b9"),
            (long.as_str(), "limbeck:"),
        ] {
            let name = name(database);
            assert!(name.starts_with(&expected[..8]) && name.len() <= LONGEST, "{name}");
        }
        assert_eq!(name("app"), "limbeck:app");
        assert_ne!(name("it's"), name("it\"s"));
    }
}
