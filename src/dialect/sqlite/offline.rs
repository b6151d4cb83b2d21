//! SQL for the client `sqlite3`, and a place to try it on.

use std::time::Duration;

use super::SqliteConnection;
use super::role::first_words;
use super::types::quote;
use crate::dialect::{Client, Connection, DbError, Row};

/// The client goes on after an error unless it is told: <https://sqlite.org/cli.html>.
pub(super) const CLIENT: Client = Client {
    command: "sqlite3 app.db < script.sql",
    preamble: ".bail on\n",
    now: "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')",
};

/// Nothing but a constraint fails with words of one's own in every version: the name of a check
/// is part of the message. With it fails the whole transaction.
pub(super) fn guard(query: &str, message: &str) -> Vec<String> {
    vec![
        format!(
            "CREATE TEMP TABLE limbeck_refusal (found CONSTRAINT {} CHECK (found IS NULL))",
            quote(message)
        ),
        format!("INSERT OR ROLLBACK INTO temp.limbeck_refusal SELECT 1 FROM (\n{query}\n)"),
        "DROP TABLE temp.limbeck_refusal".to_owned(),
    ]
}

/// A database in memory on which scripts are tried that do not run yet. No statement of theirs
/// reaches a file.
pub(super) struct Rehearsal(SqliteConnection);

impl Rehearsal {
    /// An empty one.
    pub(super) fn new() -> Result<Rehearsal, DbError> {
        Ok(Rehearsal(SqliteConnection::memory()?))
    }

    /// One with something in it.
    pub(super) fn on(memory: SqliteConnection) -> Rehearsal {
        Rehearsal(memory)
    }
}

impl Connection for Rehearsal {
    fn execute(&mut self, sql: &str) -> Result<(), DbError> {
        match first_words(sql).first() {
            Some(word) if word.eq_ignore_ascii_case("ATTACH") => Err(DbError::Statement {
                sql: sql.to_owned(),
                message: "what another database holds is not known without it".to_owned(),
                at: None,
            }),
            // It changes no schema, and may write a file.
            Some(word) if word.eq_ignore_ascii_case("VACUUM") => Ok(()),
            _ => self.0.execute(sql),
        }
    }

    fn query(&mut self, sql: &str, params: &[Option<&str>]) -> Result<Vec<Row>, DbError> {
        self.0.query(sql, params)
    }

    fn refuse(&mut self, sql: &str, message: &str) -> Result<Option<Row>, DbError> {
        self.0.refuse(sql, message)
    }

    fn lock(&mut self, wait: Duration) -> Result<(), DbError> {
        self.0.lock(wait)
    }

    fn limit(&mut self, statement_timeout: Option<Duration>) -> Result<(), DbError> {
        self.0.limit(statement_timeout)
    }
}
