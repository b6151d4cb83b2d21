//! SQL for the client `psql`.

use std::time::Duration;

use super::lexer::tokens;
use super::types::literal;
use crate::dialect::{Client, Connection, DbError, Row};

/// The client goes on after an error unless it is told, and may have been told otherwise what a
/// transaction is: <https://www.postgresql.org/docs/current/app-psql.html>. The script is UTF-8.
pub(super) const CLIENT: Client = Client {
    command: "psql --no-psqlrc --file script.sql \"$DATABASE_URL\"",
    preamble: "\\set ON_ERROR_STOP on\n\\set ON_ERROR_ROLLBACK off\n\\set AUTOCOMMIT on\n\
               \\set QUIET on\n\\pset pager off\n\\encoding UTF8\n\
               SET client_min_messages = warning;\nSET standard_conforming_strings = on;\n",
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
