//! SQL for the client `psql`.

use std::time::Duration;

use super::types::literal;
use crate::dialect::{Client, Connection, DbError, Row};

/// The client goes on after an error unless it is told:
/// <https://www.postgresql.org/docs/current/app-psql.html>.
pub(super) const CLIENT: Client = Client {
    command: "psql --no-psqlrc --file script.sql \"$DATABASE_URL\"",
    preamble: "\\set ON_ERROR_STOP on\n",
    now: "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
};

/// A block that fails with `message` when `query` returns a row.
pub(super) fn guard(query: &str, message: &str) -> Vec<String> {
    let tag = (0..).map(|at| format!("$limbeck{at}$"));
    let free = |tag: &String| !query.contains(tag.as_str()) && !message.contains(tag.as_str());
    let tag = tag.into_iter().find(free).unwrap_or_default();
    vec![format!(
        "DO {tag}\nBEGIN\n    IF EXISTS (\n{query}\n    ) THEN\n        \
         RAISE EXCEPTION USING MESSAGE = {};\n    END IF;\nEND\n{tag}",
        literal(message)
    )]
}

/// Takes every statement and holds nothing: without a server nothing is known.
#[derive(Debug, Default)]
pub(super) struct Rehearsal;

impl Connection for Rehearsal {
    fn execute(&mut self, _: &str) -> Result<(), DbError> {
        Ok(())
    }

    fn query(&mut self, _: &str, _: &[Option<&str>]) -> Result<Vec<Row>, DbError> {
        Ok(Vec::new())
    }

    fn refuse(&mut self, _: &str, _: &str) -> Result<Option<Row>, DbError> {
        Ok(None)
    }

    fn lock(&mut self, _: Duration) -> Result<(), DbError> {
        Ok(())
    }

    fn limit(&mut self, _: Option<Duration>) -> Result<(), DbError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guard_is_one_block() {
        assert_eq!(
            guard("SELECT 1 WHERE $limbeck0$a$limbeck0$ = ''", "it's gone"),
            [
                "DO $limbeck1$\nBEGIN\n    IF EXISTS (\nSELECT 1 WHERE $limbeck0$a$limbeck0$ = ''\n    ) THEN\n        \
              RAISE EXCEPTION USING MESSAGE = 'it''s gone';\n    END IF;\nEND\n$limbeck1$"
            ]
        );
    }
}
