//! SQL for the clients `mysql` and `mariadb`.

use std::time::Duration;

use super::text::literal;
use super::{Flavour, MySql};
use crate::dialect::{Client, Connection, DbError, Row, Unsupported};
use crate::operation::Operation;
use crate::schema::Schema;

/// How long the words of an error may be, in characters: the server cuts longer ones, or refuses them.
const LONGEST: usize = 128;

/// A client that reads a script stops at the first error unless it is told otherwise. The script is
/// UTF-8, its texts are written for servers as they come, and a `timestamp` is a column like any other. Each of
/// the two executes what the other takes for a comment, and refuses a script that is not its own.
pub(super) fn client(flavour: Flavour) -> Client {
    // Who waits for a year waits for ever. The expression is `lock::NAME`, and `SET` prints nothing.
    let wait =
        "SET @limbeck = GET_LOCK(CONCAT('limbeck:', LEFT(SHA2(DATABASE(), 256), 32)), 31536000)";
    let (command, preamble) = match flavour {
        Flavour::MySql => (
            "mysql app < script.sql",
            "/*M! SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'this script is for MySQL: an address that begins \
             with `mariadb://` makes one for MariaDB' */;\n\
             SET NAMES utf8mb4;\nSET SESSION sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,\
             NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';\n",
        ),
        Flavour::MariaDb => (
            "mariadb app < script.sql",
            "/*!80000 SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'this script is for MariaDB: an address that \
             begins with `mysql://` makes one for MySQL' */;\n\
             SET NAMES utf8mb4;\nSET SESSION sql_mode = 'STRICT_TRANS_TABLES,\
             ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION';\n",
        ),
    };
    Client {
        command,
        preamble,
        wait: Some(wait),
        delimits: true,
        now: "DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%dT%H:%i:%sZ')",
    }
}

/// Statements that fail with `message` when `query` returns a row, without a stored program and
/// without anything in them that a client would part.
///
/// MariaDB prepares a `SIGNAL` from a text, so that text is chosen. MySQL prepares none, and no block
/// stands outside of a stored program there: of its functions that read a text and show in their
/// error what they could not read, this one shows the most of it, and is called with something
/// that it can read where no row is found.
pub(super) fn guard(dialect: &MySql, query: &str, message: &str) -> Vec<String> {
    let message: String = message.chars().take(LONGEST).collect();
    let text = literal(dialect.mode, &message);
    match dialect.flavour {
        Flavour::MySql => {
            vec![format!("SET @limbeck = UUID_TO_BIN(IF(EXISTS (\n{query}\n), {text}, UUID()))")]
        }
        Flavour::MariaDb => {
            let signal = format!("SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = {text}");
            let signal = literal(dialect.mode, &signal);
            vec![
                format!("SET @limbeck = IF(EXISTS (\n{query}\n), {signal}, 'DO 0')"),
                "EXECUTE IMMEDIATE @limbeck".to_owned(),
            ]
        }
    }
}

/// Takes every statement and runs none: without a server nothing is known but what the operations
/// so far say.
#[derive(Debug, Default)]
pub(super) struct Rehearsal {
    known: Schema,
}

impl Rehearsal {
    /// One that knows nothing yet.
    pub(super) fn new() -> Rehearsal {
        Rehearsal::default()
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

    fn known(&mut self, _: &Operation) -> Option<Result<Schema, Unsupported>> {
        // What is made of tables may have been changed by hand: the server knows.
        Some(Ok(Schema { tables: self.known.tables.clone(), ..Schema::default() }))
    }

    fn follow(&mut self, op: &Operation) -> bool {
        // What does not fit is about something that raw SQL has made.
        let _ = self.known.apply(op);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::lock;
    use super::*;

    #[test]
    fn a_script_waits_for_the_lock_of_a_run() {
        let wait = format!("SET @limbeck = GET_LOCK({}, 31536000)", lock::NAME);
        for flavour in [Flavour::MySql, Flavour::MariaDb] {
            assert_eq!(client(flavour).wait, Some(wait.as_str()));
        }
    }

    #[test]
    fn guards() {
        assert_eq!(
            guard(&MySql::default(), "SELECT 1 -- a", "it's \\ gone"),
            [
                "SET @limbeck = UUID_TO_BIN(IF(EXISTS (\nSELECT 1 -- a\n), 'it''s \\\\ gone', UUID()))"
            ]
        );
        assert_eq!(
            guard(&MySql::mariadb(), "SELECT 1", "it's gone"),
            [
                "SET @limbeck = IF(EXISTS (\nSELECT 1\n), \
                 'SIGNAL SQLSTATE ''45000'' SET MESSAGE_TEXT = ''it''''s gone''', 'DO 0')",
                "EXECUTE IMMEDIATE @limbeck",
            ]
        );
        let long = guard(&MySql::default(), "SELECT 1", &"é".repeat(200));
        assert!(long[0].contains(&format!("'{}'", "é".repeat(128))));
    }
}
