//! One open database.

use std::path::Path;
use std::time::{Duration, Instant};

use mysql::Error;

use super::driver::Driver;
use super::failure::{failed, is_late, is_locked, is_stopped, number};
use super::holder::Watch;
use super::lexer::{Mode, TokenKind, tokens, tokens_in};
use super::open::{Entry, Opened, open};
use super::role::role;
use super::stop::Stop;
use super::text::literal;
use super::{Flavour, MySql, lock, version};
use crate::dialect::url::Url;
use crate::dialect::{Connection, DbError, Role, Row};
use crate::interrupt::{self, Listening};

/// How long a statement waits before it is looked who is in its way.
const PATIENT: Duration = Duration::from_millis(500);

/// One open database of MySQL or MariaDB.
pub struct MySqlConnection {
    driver: Driver,
    /// By which further sessions of the same server are opened.
    entry: Entry,
    flavour: Flavour,
    limits: Limits,
    /// The name of the lock by which other migrators are kept out.
    lock: Option<String>,
    in_transaction: bool,
    /// While a statement runs, and while a transaction is open.
    listening: Option<Listening>,
    stop: Stop,
    /// Why there is no connection any more.
    end: Option<String>,
    notices: Vec<String>,
}

/// How long a session waits, once that was said.
#[derive(Clone, Copy, Debug, Default)]
struct Limits {
    /// For the locks of others.
    patience: Option<Duration>,
    /// For one statement.
    statement: Option<Duration>,
}

impl std::fmt::Debug for MySqlConnection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MySqlConnection").field("entry", &self.entry).finish_non_exhaustive()
    }
}

impl MySqlConnection {
    /// Opens the database at `url`; relative paths in it count from `folder`.
    ///
    /// # Errors
    /// When the server cannot be reached, or refuses.
    pub fn open(url: &Url, folder: &Path) -> Result<MySqlConnection, DbError> {
        let Opened { driver, entry } = open(url, folder)?;
        let stop = Stop::new(&entry, driver.id());
        let mut db = MySqlConnection {
            driver,
            entry,
            flavour: Flavour::MySql,
            limits: Limits::default(),
            lock: None,
            in_transaction: false,
            listening: None,
            stop,
            end: None,
            notices: Vec::new(),
        };
        db.settle()?;
        Ok(db)
    }

    /// Sets what a session must be: texts are UTF-8, and a `timestamp` is a column like any other.
    fn settle(&mut self) -> Result<(), DbError> {
        self.query("SET NAMES utf8mb4", &[])?;
        let facts = "SHOW SESSION VARIABLES WHERE Variable_name IN \
                     ('version', 'explicit_defaults_for_timestamp')";
        for row in self.query(facts, &[])? {
            match [row.first(), row.get(1)].map(|it| it?.as_deref()) {
                [Some("version"), Some(version)] => self.flavour = version::flavour(version),
                // Some servers let only an administrator set it, or nobody: then it stays.
                [Some(name), Some("OFF")] => {
                    let _ = self.driver.query(&format!("SET SESSION {name} = ON"));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Runs `work` with the driver so that it can be interrupted, and names what went wrong with `sql`.
    fn ask(&mut self, sql: &str) -> Result<Vec<Row>, DbError> {
        if let Some(message) = &self.end {
            return Err(DbError::Lost { sql: sql.to_owned(), message: message.clone() });
        }
        if interrupt::is_pending() && role(sql) != Role::End && interrupt::was_asked() {
            return Err(DbError::Interrupted { sql: sql.to_owned() });
        }
        if self.listening.is_none() {
            let stop = self.stop.clone();
            self.listening = Some(interrupt::listen(move || stop.now()));
        }
        let began = Instant::now();
        let watch = self.watch();
        // The server itself stops only what reads there.
        let limit = self.limits.statement.filter(|_| self.flavour == Flavour::MySql);
        let _limited = self.stop.begin(limit);
        let outcome = self.driver.query(sql);
        let was_late = self.stop.end();
        if !self.in_transaction {
            self.listening = None;
        }
        outcome.map_err(|error| {
            let seen = watch.and_then(|it| it.seen());
            let error = self.failure(sql, &error, was_late, began.elapsed());
            match (error, seen) {
                (DbError::Locked { .. }, Some(holder)) => DbError::Locked { holder },
                (error, _) => error,
            }
        })
    }

    /// Someone who looks who is in the way of a statement, once it is said how long one waits.
    fn watch(&self) -> Option<Watch> {
        let pause = (self.limits.patience? / 2).min(PATIENT);
        Watch::begin(&self.entry, self.flavour, self.driver.id(), pause)
    }

    fn failure(&mut self, sql: &str, error: &Error, was_late: bool, ran: Duration) -> DbError {
        let number = number(error).unwrap_or_default();
        let limit = self.limits.statement;
        if let Some(limit) = limit.filter(|it| is_late(number) && ran >= *it) {
            return DbError::Timeout { sql: sql.to_owned(), limit };
        }
        if is_stopped(number) {
            if let Some(limit) = limit.filter(|_| was_late) {
                return DbError::Timeout { sql: sql.to_owned(), limit };
            }
            if interrupt::was_asked() {
                return DbError::Interrupted { sql: sql.to_owned() };
            }
        }
        if is_locked(number) {
            return DbError::Locked { holder: "another session".to_owned() };
        }
        let error = failed(sql, error);
        if let DbError::Lost { message, .. } = &error {
            self.end = Some(message.clone());
        }
        error
    }

    /// Notes what the server has to say beside its answer to a statement.
    fn note_warnings(&mut self) {
        if self.driver.warnings() == 0 {
            return;
        }
        // What cannot be asked is left unsaid.
        for row in self.driver.query("SHOW WARNINGS").unwrap_or_default() {
            if let [Some(level), _, Some(message)] = &row[..]
                && level != "Note"
                // A boolean is spelled with one there, and has no other name.
                && !message.starts_with("Integer display width is deprecated")
            {
                self.notices.push(format!("{}: {message}", level.to_lowercase()));
            }
        }
    }
}

impl Connection for MySqlConnection {
    fn execute(&mut self, sql: &str) -> Result<(), DbError> {
        if sends_a_file(sql) {
            let message = "`LOAD DATA LOCAL` needs a client that has the file: write `INSERT`";
            let message = message.to_owned();
            return Err(DbError::Statement { sql: sql.to_owned(), message, at: None });
        }
        let role = role(sql);
        if role == Role::Begin {
            self.in_transaction = true;
        }
        let outcome = self.ask(sql);
        match role {
            Role::Begin => self.in_transaction = outcome.is_ok(),
            // What changes the schema ends a transaction, too.
            Role::End | Role::Alone => self.in_transaction = false,
            Role::Plain | Role::Savepoint => {}
        }
        if !self.in_transaction {
            self.listening = None;
        }
        if outcome.is_ok() {
            self.note_warnings();
        }
        outcome.map(|_| ())
    }

    fn query(&mut self, sql: &str, params: &[Option<&str>]) -> Result<Vec<Row>, DbError> {
        let mode =
            Mode { no_backslash_escapes: self.driver.has_plain_backslashes(), ..Mode::default() };
        self.ask(&bound(sql, params, mode))
    }

    fn refuse(&mut self, sql: &str, _: &str) -> Result<Option<Row>, DbError> {
        Ok(self.query(sql, &[])?.into_iter().next())
    }

    fn lock(&mut self, wait: Duration) -> Result<(), DbError> {
        if self.lock.is_none() {
            let flavour = self.flavour;
            self.lock = Some(lock::take(self, flavour, wait)?);
        }
        // Whole seconds, and at least one.
        let seconds = wait.as_millis().div_ceil(1000).clamp(1, 31_536_000);
        self.limits.patience = None;
        self.query(
            &format!(
                "SET SESSION lock_wait_timeout = {seconds}, SESSION innodb_lock_wait_timeout = {seconds}"
            ),
            &[],
        )?;
        self.limits.patience = Some(wait);
        Ok(())
    }

    fn limit(&mut self, statement_timeout: Option<Duration>) -> Result<(), DbError> {
        if self.flavour == Flavour::MariaDb {
            let seconds = statement_timeout.map_or(0.0, |it| it.as_secs_f64().max(0.001));
            self.query(&format!("SET SESSION max_statement_time = {seconds}"), &[])?;
        }
        self.limits.statement = statement_timeout;
        Ok(())
    }

    fn note(&mut self, notice: String) {
        if !self.notices.contains(&notice) {
            self.notices.push(notice);
        }
    }

    fn notices(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notices)
    }
}

impl Drop for MySqlConnection {
    fn drop(&mut self) {
        // The server would let go of it, too, but some time later: who is next is waiting.
        if let (Some(name), None) = (&self.lock, &self.end) {
            let _ = self.driver.query(&lock::give_back(name));
        }
    }
}

/// What the server behind `db` speaks.
///
/// # Errors
/// When it is too old, and whatever the server says.
pub(super) fn dialect(db: &mut dyn Connection) -> Result<MySql, DbError> {
    let facts = "SELECT VERSION(), @@sql_mode, @@lower_case_table_names, s.SCHEMA_NAME, \
                 s.DEFAULT_CHARACTER_SET_NAME, s.DEFAULT_COLLATION_NAME FROM (SELECT 1) one \
                 LEFT JOIN information_schema.SCHEMATA s ON s.SCHEMA_NAME = DATABASE()";
    let row = db.query(facts, &[])?.into_iter().next().unwrap_or_default();
    let mut row = row.into_iter();
    let mut next = || row.next().flatten();
    let (version, mode, folding) = (next(), next(), next());
    let (schema, charset, collation) = (next(), next(), next());
    let (flavour, version) = version::supported(&version.unwrap_or_default())?;
    Ok(MySql {
        flavour,
        version,
        mode: Mode::of(&mode.unwrap_or_default()),
        schema,
        charset: charset.zip(collation),
        case_sensitive: folding.as_deref() == Some("0"),
        address: None,
    })
}

/// Whether a statement asks the client for a file.
fn sends_a_file(sql: &str) -> bool {
    let words: Vec<_> = tokens(sql).take(4).collect();
    let [first, what, rest @ ..] = &words[..] else { return false };
    let is_load = first.is("LOAD") && (what.is("DATA") || what.is("XML"));
    is_load && rest.iter().any(|it| it.is("LOCAL"))
}

/// The statement with the values written into it for its question marks.
fn bound(sql: &str, params: &[Option<&str>], mode: Mode) -> String {
    if params.is_empty() {
        return sql.to_owned();
    }
    let mut text = String::with_capacity(sql.len());
    let mut copied = 0;
    let mut params = params.iter();
    let is_mark = |kind: TokenKind| !matches!(kind, TokenKind::Quoted | TokenKind::String);
    for token in tokens_in(sql, mode).filter(|it| it.text == "?" && is_mark(it.kind)) {
        text.push_str(&sql[copied..token.at]);
        match params.next() {
            Some(Some(value)) => text.push_str(&literal(mode, value)),
            Some(None) | None => text.push_str("NULL"),
        }
        copied = token.end();
    }
    text.push_str(&sql[copied..]);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_for_question_marks() {
        let mode = Mode::default();
        assert_eq!(
            bound("SELECT ?, '?', `?` -- ?\n, ?", &[Some("it's \\"), None], mode),
            "SELECT 'it''s \\\\', '?', `?` -- ?\n, NULL"
        );
        assert_eq!(bound("SELECT ?", &[], mode), "SELECT ?");
    }

    #[test]
    fn files_of_the_client() {
        for (sql, expected) in [
            ("LOAD DATA LOCAL INFILE 'a' INTO TABLE t", true),
            ("load xml concurrent local infile 'a' into table t", true),
            ("LOAD DATA INFILE 'local' INTO TABLE t", false),
            ("SELECT local FROM data", false),
        ] {
            assert_eq!(sends_a_file(sql), expected, "{sql}");
        }
    }
}
