//! SQL for the client `psql`.

use std::time::Duration;

use super::lexer::tokens;
use super::types::literal;
use super::{Postgres, unknown};
use crate::dialect::{Client, Connection, DbError, Row, Unsupported};
use crate::operation::Operation;
use crate::schema::Schema;

/// The client goes on after an error unless it is told, and may have been told otherwise what a
/// transaction is: <https://www.postgresql.org/docs/current/app-psql.html>. The script is UTF-8.
pub(super) const CLIENT: Client = Client {
    command: "psql --no-psqlrc --file script.sql \"$DATABASE_URL\"",
    preamble: "\\set ON_ERROR_STOP on\n\\set ON_ERROR_ROLLBACK off\n\\set AUTOCOMMIT on\n\
               \\set QUIET on\n\\pset pager off\n\\encoding UTF8\n\
               SET client_min_messages = warning;\nSET standard_conforming_strings = on;\n",
    // The keys are those of `lock::KEYS`.
    wait: Some("DO 'BEGIN PERFORM pg_advisory_xact_lock(1818848610, 6644587); END'"),
    delimits: false,
    now: "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
};

/// A block that fails with `message` when `query` returns a row. A column of the query may be
/// called like one of the block's own variables.
pub(super) fn guard(query: &str, message: &str) -> Vec<String> {
    let tag =
        (0..).map(|at| if at == 0 { "$limbeck$".to_owned() } else { format!("$limbeck{at}$") });
    let free = |tag: &String| !query.contains(tag.as_str()) && !message.contains(tag.as_str());
    let tag = tag.into_iter().find(free).unwrap_or_default();
    let (query, message) = (indented(query), literal(message));
    vec![format!(
        "DO {tag}\n#variable_conflict use_column\nBEGIN\n    IF EXISTS (\n{query}\n    ) THEN\n        \
         RAISE EXCEPTION USING MESSAGE = {message};\n    END IF;\nEND\n{tag}"
    )]
}

/// The query as it stands in the block. Where a text or a name goes over several lines, all of
/// it stays where it is.
fn indented(query: &str) -> String {
    let quoted = tokens(query).any(|token| token.text.contains('\n'));
    let lines = query.lines().map(|line| match quoted {
        true => line.to_owned(),
        false => format!("        {line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Takes every statement and runs none: without a server nothing is known but what the operations
/// so far say.
#[derive(Debug, Default)]
pub(super) struct Rehearsal {
    dialect: Postgres,
    known: Schema,
}

impl Rehearsal {
    /// One that knows nothing yet.
    pub(super) fn new(dialect: &Postgres) -> Rehearsal {
        Rehearsal { dialect: dialect.clone(), known: Schema::default() }
    }
}

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

    fn known(&mut self, op: &Operation) -> Option<Result<Schema, Unsupported>> {
        let refused = unknown::refuse(&self.dialect, &self.known, op);
        // What is made of tables may have been changed by hand: what a script would make again
        // of it is refused, and what it does not know of the server refuses.
        Some(refused.map(|()| Schema { tables: self.known.tables.clone(), ..Schema::default() }))
    }

    fn follow(&mut self, op: &Operation) -> bool {
        // What does not fit is about something that raw SQL has made.
        let _ = self.known.apply(op);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_waits_for_the_lock_of_a_run() {
        let (one, two) = super::super::lock::KEYS;
        let wait = format!("DO 'BEGIN PERFORM pg_advisory_xact_lock({one}, {two}); END'");
        assert_eq!(CLIENT.wait, Some(wait.as_str()));
    }

    #[test]
    fn a_guard_is_one_block() {
        assert_eq!(
            guard("SELECT 1\nWHERE $limbeck$a$limbeck$ = ''", "it's gone"),
            [
                "DO $limbeck1$\n#variable_conflict use_column\nBEGIN\n    IF EXISTS (\n        SELECT 1\n        \
              WHERE $limbeck$a$limbeck$ = ''\n    ) THEN\n        \
              RAISE EXCEPTION USING MESSAGE = 'it''s gone';\n    END IF;\nEND\n$limbeck1$"
            ]
        );
    }

    #[test]
    fn a_text_over_lines_stays_where_it_is() {
        assert_eq!(indented("SELECT\n1"), "        SELECT\n        1");
        assert_eq!(indented("SELECT\n'a\nb'"), "SELECT\n'a\nb'");
    }
}
