//! One migrator at a time behind a pooler, which lends a session of the server for a transaction.
//!
//! The lease is the only row of a small table, made when it is taken and dropped when it is given
//! back. A heartbeat in a session of its own puts off its end. Every transaction of the holder
//! begins with a look at the row that also keeps it there (`FOR KEY SHARE`): so nobody can take
//! over a lease that ran out while a transaction under it is open, and nobody who lost one can
//! commit.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::driver::Driver;
use super::lock::{KEYS, in_turn, is_true, session};
use super::open::Entry;
use super::types::literal;
use crate::dialect::{Connection, DbError};

/// The table, in the schema in which names without one are made.
pub(super) const TABLE: &str = "limbeck_lease";

/// For how long a lease lasts without a heartbeat, and how often that beats, in seconds.
const LASTS: u64 = 30;
const BEATS: u64 = 5;

/// A lease that is held; given back when dropped.
pub(super) struct Lease {
    /// What tells this lease from all others.
    token: String,
    entry: Entry,
    heart: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Lease {
    /// Waits in line and takes it.
    ///
    /// # Errors
    /// `DbError::Locked` when the wait is over, and whatever the server says.
    pub(super) fn take(
        db: &mut dyn Connection,
        entry: &Entry,
        wait: Duration,
    ) -> Result<Lease, DbError> {
        let token = uuid::Uuid::new_v4().to_string();
        in_turn(wait, || attempt(db, &token))?;
        let (end, ended) = channel();
        let beating = (entry.clone(), token.clone());
        let heart = thread::spawn(move || beat(&beating.0, &beating.1, &ended));
        Ok(Lease { token, entry: entry.clone(), heart: Some((end, heart)) })
    }

    /// A query with a row as long as the lease is held, which keeps it held up to the end of the
    /// transaction.
    pub(super) fn kept(&self) -> String {
        format!("{} FOR KEY SHARE", self.held())
    }

    /// A query with a row as long as the lease is held.
    pub(super) fn held(&self) -> String {
        format!("SELECT 1 FROM {TABLE} WHERE token = {}", literal(&self.token))
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some((end, heart)) = self.heart.take() {
            drop(end);
            // A heart that stopped in panic has nothing to give back.
            let _ = heart.join();
        }
        // What cannot be given back runs out.
        if let Ok(driver) = Driver::open(&self.entry) {
            let _ = driver.execute(&give_back(&self.token));
        }
    }
}

/// Puts off the end of the lease until the other end of `ended` is gone.
fn beat(entry: &Entry, token: &str, ended: &Receiver<()>) {
    let sql = format!(
        "UPDATE {TABLE} SET expires = clock_timestamp() + interval '{LASTS} seconds' \
         WHERE token = {}",
        literal(token)
    );
    let mut session: Option<Driver> = None;
    while ended.recv_timeout(Duration::from_secs(BEATS)) == Err(RecvTimeoutError::Timeout) {
        session = session.take().filter(|it| !it.is_closed()).or_else(|| Driver::open(entry).ok());
        // A beat that fails is followed by another one.
        if let Some(session) = &session {
            let _ = session.execute(&sql);
        }
    }
}

/// Tries to take the lease: `None` when it is taken, otherwise who holds it.
fn attempt(db: &mut dyn Connection, token: &str) -> Result<Option<String>, DbError> {
    db.execute("BEGIN ISOLATION LEVEL READ COMMITTED")?;
    let outcome = attempt_within(db, token);
    match &outcome {
        Ok(None) => db.execute("COMMIT")?,
        // The error that led here says more than one of the way back.
        _ => db.execute("ROLLBACK").or_else(|error| outcome.is_err().then_some(()).ok_or(error))?,
    }
    outcome
}

fn attempt_within(db: &mut dyn Connection, token: &str) -> Result<Option<String>, DbError> {
    let (one, two) = KEYS;
    // Whoever holds the lock of a session of its own, or is just taking a lease or giving one back,
    // is first.
    let first = db.query(&format!("SELECT pg_try_advisory_xact_lock({one}, {two})"), &[])?;
    if !first.first().is_some_and(|row| is_true(row, 0)) {
        return Ok(Some(session(db)?));
    }
    if !is_there(db)? {
        db.execute(&format!(
            "CREATE TABLE {TABLE} (token text PRIMARY KEY, holder text NOT NULL, \
             since timestamptz NOT NULL, expires timestamptz NOT NULL)"
        ))?;
    } else if let Some(holder) = holder(db)? {
        return Ok(Some(holder));
    }
    // What ran out and is kept by an open transaction is not over.
    let over = format!(
        "DELETE FROM {TABLE} WHERE token IN (SELECT token FROM {TABLE} \
         WHERE expires <= clock_timestamp() FOR UPDATE SKIP LOCKED)"
    );
    db.execute(&over)?;
    if let Some(row) = db.query(&format!("SELECT {HOLDER} FROM {TABLE}"), &[])?.first() {
        return Ok(Some(shown(row)));
    }
    let who = format!(
        "'`' || current_setting('application_name') || '` of `' || session_user || \
         '` (process {} of its machine)'",
        std::process::id()
    );
    db.execute(&format!(
        "INSERT INTO {TABLE} VALUES ({}, {who}, clock_timestamp(), \
         clock_timestamp() + interval '{LASTS} seconds')",
        literal(token)
    ))?;
    Ok(None)
}

const HOLDER: &str = "holder, to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";

/// Whether the table is there now. The caller holds the lock, in a statement before this one.
fn is_there(db: &mut dyn Connection) -> Result<bool, DbError> {
    let there = format!(
        "SELECT EXISTS (SELECT FROM pg_class WHERE relname = '{TABLE}' AND pg_table_is_visible(oid))"
    );
    Ok(db.query(&there, &[])?.first().is_some_and(|row| is_true(row, 0)))
}

/// Who holds a lease that has not run out. The caller holds the lock.
///
/// # Errors
/// Whatever the server says.
pub(super) fn holder(db: &mut dyn Connection) -> Result<Option<String>, DbError> {
    if !is_there(db)? {
        return Ok(None);
    }
    let sql = format!("SELECT {HOLDER} FROM {TABLE} WHERE expires > clock_timestamp()");
    Ok(db.query(&sql, &[])?.first().map(|row| shown(row)))
}

fn shown(row: &[Option<String>]) -> String {
    let fact = |at: usize| row.get(at).and_then(Option::as_deref).unwrap_or("unknown");
    format!("{} through a pooler since {}", fact(0), fact(1))
}

/// Gives the lease back, and takes the table away when it is empty then.
fn give_back(token: &str) -> String {
    let (one, two) = KEYS;
    format!(
        "DO $limbeck$ BEGIN \
         PERFORM set_config('lock_timeout', '10s', true); \
         PERFORM pg_advisory_xact_lock({one}, {two}); \
         IF to_regclass('{TABLE}') IS NOT NULL THEN \
         DELETE FROM {TABLE} WHERE token = {}; \
         IF NOT EXISTS (SELECT FROM {TABLE}) THEN DROP TABLE {TABLE}; END IF; \
         END IF; END $limbeck$",
        literal(token)
    )
}
