//! SQL for the client `sqlite3`, and a place to try it on.

use std::collections::HashMap;
use std::time::Duration;

use super::SqliteConnection;
use super::role::first_words;
use super::types::quote;
use crate::dialect::{Client, Connection, DbError, Row};

/// The client goes on after an error unless it is told: <https://sqlite.org/cli.html>.
pub(super) const CLIENT: Client = Client {
    command: "sqlite3 app.db < script.sql",
    preamble: ".bail on\n",
    wait: None,
    delimits: false,
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
///
/// New tables and their indexes wait until something is asked, or done that needs them: SQLite looks
/// through its whole schema for each table that it makes, and most scripts never ask. That they can
/// be made is known at once.
pub(super) struct Rehearsal {
    db: SqliteConnection,
    /// What is still to be executed, in order.
    waiting: Vec<String>,
    /// The tables and indexes among it, by their names in lower case, with their statements.
    made: HashMap<String, String>,
}

impl Rehearsal {
    /// An empty one.
    pub(super) fn new() -> Result<Rehearsal, DbError> {
        Ok(Rehearsal::on(SqliteConnection::memory()?))
    }

    /// One with something in it.
    pub(super) fn on(memory: SqliteConnection) -> Rehearsal {
        Rehearsal { db: memory, waiting: Vec::new(), made: HashMap::new() }
    }

    /// Whether `sql` may wait: it would run now as well as later.
    fn may_wait(&mut self, sql: &str) -> Result<bool, DbError> {
        if !self.waiting.is_empty() && matches!(sql, "BEGIN IMMEDIATE" | "COMMIT") {
            return Ok(true);
        }
        let Some(made) = Made::of(sql) else { return Ok(false) };
        let name = made.name.to_lowercase();
        if self.made.contains_key(&name) {
            return Ok(false);
        }
        match made.index {
            // What SQLite has to say against a table it says when it reads the statement.
            None => self.db.prepare(sql)?,
            Some((table, columns)) => match self.made.get(&table.to_lowercase()) {
                Some(text) if columns.iter().all(|it| text.contains(*it)) => {}
                _ => return Ok(false),
            },
        }
        self.made.insert(name, sql.to_owned());
        Ok(true)
    }

    /// Executes what waits.
    fn flush(&mut self) -> Result<(), DbError> {
        self.made.clear();
        self.waiting.drain(..).try_for_each(|sql| self.db.execute(&sql))
    }
}

/// What a statement makes, where it is as plain as the tool's own are.
struct Made<'a> {
    name: &'a str,
    /// Of an index: its table, and its columns in quotes.
    index: Option<(&'a str, Vec<&'a str>)>,
}

impl<'a> Made<'a> {
    fn of(sql: &'a str) -> Option<Made<'a>> {
        if let Some(rest) = sql.strip_prefix("CREATE TABLE \"") {
            return Some(Made { name: rest.split_once("\" (\n")?.0, index: None });
        }
        let rest = sql.strip_prefix("CREATE ")?;
        let rest = rest.strip_prefix("UNIQUE ").unwrap_or(rest).strip_prefix("INDEX \"")?;
        let (name, rest) = rest.split_once("\" ON \"")?;
        let (table, columns) = rest.strip_suffix(')')?.split_once("\" (")?;
        let columns = columns.split(", ").map(|it| it.strip_suffix(" DESC").unwrap_or(it));
        let columns: Vec<_> = columns.collect();
        let is_name = |it: &&str| it.len() > 2 && it.starts_with('"') && it.ends_with('"');
        columns.iter().all(is_name).then_some(Made { name, index: Some((table, columns)) })
    }
}

impl Connection for Rehearsal {
    fn execute(&mut self, sql: &str) -> Result<(), DbError> {
        if self.may_wait(sql)? {
            self.waiting.push(sql.to_owned());
            return Ok(());
        }
        self.flush()?;
        match first_words(sql).first() {
            Some(word) if word.eq_ignore_ascii_case("ATTACH") => Err(DbError::Statement {
                sql: sql.to_owned(),
                message: "what another database holds is not known without it".to_owned(),
                at: None,
            }),
            // It changes no schema, and may write a file.
            Some(word) if word.eq_ignore_ascii_case("VACUUM") => Ok(()),
            _ => self.db.execute(sql),
        }
    }

    fn query(&mut self, sql: &str, params: &[Option<&str>]) -> Result<Vec<Row>, DbError> {
        self.flush()?;
        self.db.query(sql, params)
    }

    fn refuse(&mut self, sql: &str, message: &str) -> Result<Option<Row>, DbError> {
        self.flush()?;
        self.db.refuse(sql, message)
    }

    fn lock(&mut self, wait: Duration) -> Result<(), DbError> {
        self.db.lock(wait)
    }

    fn limit(&mut self, statement_timeout: Option<Duration>) -> Result<(), DbError> {
        self.db.limit(statement_timeout)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "CREATE TABLE \"t\" (\n    \"a\" INTEGER,\n    \"b\" TEXT\n)";

    /// What comes of each statement, and how many wait behind it.
    fn outcomes(statements: &[&str]) -> Vec<String> {
        let mut rehearsal = Rehearsal::new().unwrap();
        let mut outcome = |sql: &&str| {
            let said = rehearsal.execute(sql).err().map(|it| it.to_string());
            format!("{} {}", rehearsal.waiting.len(), said.unwrap_or_default()).trim().to_owned()
        };
        statements.iter().map(&mut outcome).collect()
    }

    #[test]
    fn tables_wait_until_something_is_asked() {
        assert_eq!(
            outcomes(&[
                "BEGIN IMMEDIATE",
                TABLE,
                "CREATE UNIQUE INDEX \"i\" ON \"t\" (\"a\", \"b\" DESC)",
                "COMMIT",
                "BEGIN IMMEDIATE",
                "INSERT INTO t VALUES (1, 'x')",
                "COMMIT",
                "CREATE INDEX \"j\" ON \"t\" (\"a\")",
            ]),
            ["0", "1", "2", "3", "4", "0", "0", "0"]
        );
        let mut rehearsal = Rehearsal::new().unwrap();
        rehearsal.execute(TABLE).unwrap();
        let count = "SELECT count(*) FROM t";
        assert_eq!(rehearsal.query(count, &[]).unwrap(), [[Some("0".to_owned())]]);
    }

    #[test]
    fn what_cannot_be_made_is_said_at_once() {
        assert_eq!(
            outcomes(&[TABLE, "CREATE TABLE \"T\" (\n    \"a\" INTEGER\n)"]),
            ["1", "0 table \"T\" already exists"]
        );
        assert_eq!(
            outcomes(&[TABLE, "CREATE INDEX \"i\" ON \"t\" (\"c\")"]),
            ["1", "0"],
            "to SQLite a name in double quotes that is no column is a text"
        );
        assert_eq!(outcomes(&["CREATE INDEX \"i\" ON \"t\" (\"a\")"]), ["0 no such table: main.t"]);
        assert_eq!(
            outcomes(&["CREATE TABLE \"t\" (\n    \"a\" INTEGER,\n    \"A\" TEXT\n)"]),
            ["0 duplicate column name: A"]
        );
    }

    #[test]
    fn no_statement_reaches_a_file() {
        assert_eq!(
            outcomes(&["ATTACH 'other.db' AS other", "/* all */ VACUUM INTO 'copy.db'"]),
            ["0 what another database holds is not known without it", "0"]
        );
    }
}
