//! What a run reads and writes of the history.

use crate::dialect::{Connection, DbError, Dialect};
use crate::graph::Heads;
use crate::run::{HistoryError, LogEntry};

/// The history of a database, as a run sees it.
pub trait Ledger {
    /// Makes what is missing of it, and gives the row of the log of a half-done revision.
    ///
    /// # Errors
    /// Whatever the database says.
    fn open(
        &self,
        dialect: &dyn Dialect,
        db: &mut dyn Connection,
    ) -> Result<Option<LogEntry>, HistoryError>;

    /// Where the database stands, whose tables are there.
    ///
    /// # Errors
    /// Whatever the database says.
    fn rows(&self, dialect: &dyn Dialect, db: &mut dyn Connection) -> Result<Heads, DbError>;

    /// Puts the heads `to` in the place of `from`; only the difference is written.
    ///
    /// # Errors
    /// Whatever the database says.
    fn write(
        &self,
        dialect: &dyn Dialect,
        db: &mut dyn Connection,
        from: &Heads,
        to: &Heads,
    ) -> Result<(), DbError>;

    /// Adds a row to the log.
    ///
    /// # Errors
    /// Whatever the database says.
    fn record(
        &self,
        dialect: &dyn Dialect,
        db: &mut dyn Connection,
        entry: &LogEntry,
    ) -> Result<(), DbError>;

    /// Says in the last row of the log, of a revision that is half done, how far it is by now: what is
    /// done of it, how long it took, and its end.
    ///
    /// # Errors
    /// Whatever the database says.
    fn advance(
        &self,
        dialect: &dyn Dialect,
        db: &mut dyn Connection,
        entry: &LogEntry,
    ) -> Result<(), DbError>;

    /// Takes the row of the half-done revision out of the log, for the next one that says more.
    ///
    /// # Errors
    /// Whatever the database says.
    fn forget_half_done(
        &self,
        dialect: &dyn Dialect,
        db: &mut dyn Connection,
    ) -> Result<(), DbError>;
}
