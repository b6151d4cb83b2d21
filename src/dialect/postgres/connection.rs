//! One open PostgreSQL database.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

use super::driver::Driver;
use super::failure::{self, failed};
use super::holder::{self, Seen, Waiting};
use super::lease::Lease;
use super::leftover;
use super::lexer::{TokenKind, tokens};
use super::open::{Entry, Opened, open};
use super::role::role;
use super::types::literal;
use super::{lock, tries};
use crate::dialect::url::Url;
use crate::dialect::{Connection, DbError, Role, Row};
use crate::interrupt::{self, Listening};

/// One open PostgreSQL database.
pub struct PostgresConnection {
    driver: Driver,
    /// By which further sessions of the same server are opened.
    entry: Entry,
    limits: Limits,
    lock: Lock,
    in_transaction: bool,
    /// While a statement runs, and while a transaction is open.
    listening: Option<Listening>,
    /// Whether a statement runs, for those who would stop it.
    is_running: Arc<Mutex<bool>>,
    notices: Vec<String>,
}

/// How long a session waits, once that was said.
#[derive(Clone, Copy, Debug, Default)]
struct Limits {
    /// For all tries of a statement that waits for the locks of others.
    patience: Option<Duration>,
    /// For one statement.
    statement: Option<Duration>,
}

/// By what other migrators are kept out.
enum Lock {
    /// By nothing.
    None,
    /// By a lock of the session, which runs in this process of the server.
    Session(i32),
    /// By a lease: a pooler lends the sessions.
    Lease(Lease),
}

impl PostgresConnection {
    /// Opens the database at `url`; a relative path in its options counts from `folder`.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses.
    pub fn open(url: &Url, folder: &Path) -> Result<PostgresConnection, DbError> {
        let Opened { driver, entry } = open(url, folder)?;
        Ok(PostgresConnection {
            driver,
            entry,
            limits: Limits::default(),
            lock: Lock::None,
            in_transaction: false,
            listening: None,
            is_running: Arc::default(),
            notices: Vec::new(),
        })
    }

    /// Whether the migrators before a pooler keep each other out by a lease.
    pub fn is_pooled(&self) -> bool {
        matches!(self.lock, Lock::Lease(_))
    }

    /// Runs `work` with the driver so that it can be interrupted, and names what went wrong with
    /// `sql`, before which `before` characters were sent.
    fn ask<T>(
        &mut self,
        sql: &str,
        before: usize,
        work: impl FnOnce(&Driver) -> Result<T, Error>,
    ) -> Result<T, DbError> {
        if let Some(at) = sql.find('\0') {
            let message = "the statement holds a zero byte".to_owned();
            return Err(DbError::Statement { sql: sql.to_owned(), message, at: Some(at) });
        }
        if interrupt::is_pending() && role(sql) != Role::End && interrupt::was_asked() {
            return Err(DbError::Interrupted { sql: sql.to_owned() });
        }
        if self.listening.is_none() {
            let (stop, is_running) = (self.driver.stop(), Arc::clone(&self.is_running));
            self.listening = Some(interrupt::listen(move || {
                // Whoever is stopped waits until this is said: it must not hit the next statement.
                if *is_running.lock().unwrap_or_else(PoisonError::into_inner) {
                    stop.clone().send_and_wait();
                }
            }));
        }
        let began = Instant::now();
        let set = |runs: bool| {
            *self.is_running.lock().unwrap_or_else(PoisonError::into_inner) = runs;
        };
        set(true);
        let outcome = work(&self.driver);
        set(false);
        if !self.in_transaction {
            self.listening = None;
        }
        self.notices.extend(self.driver.notices().iter().map(failure::notice));
        outcome.map_err(|error| self.failure(sql, before, &error, began.elapsed()))
    }

    fn failure(&mut self, sql: &str, before: usize, error: &Error, ran: Duration) -> DbError {
        let code = error.code();
        if code == Some(&SqlState::QUERY_CANCELED) {
            if interrupt::was_asked() {
                return DbError::Interrupted { sql: sql.to_owned() };
            }
            if let Some(limit) = self.limits.statement.filter(|limit| ran >= *limit) {
                return DbError::Timeout { sql: sql.to_owned(), limit };
            }
        }
        if code == Some(&SqlState::LOCK_NOT_AVAILABLE) {
            return DbError::Locked { holder: "another session".to_owned() };
        }
        // The server's last words say more than that it is gone.
        let is_silent = error.is_closed() && self.driver.is_closed();
        let end = is_silent.then(|| self.driver.end()).flatten();
        failed(sql, before, end.as_ref().unwrap_or(error))
    }

    /// Runs a statement with `before` in front of it and `behind` behind it; names who is in its way
    /// when it waits in vain.
    fn run(&mut self, before: &str, sql: &str, behind: &str) -> Result<(), DbError> {
        let sent = format!("{before}{sql}{behind}");
        let watched = self.watched(&sent);
        let late = self.late();
        let work = |driver: &Driver| {
            let Some((entry, waiting, pause, seen)) = watched.clone() else {
                return driver.execute(&sent);
            };
            let watching = holder::watch(entry, waiting, pause, seen);
            driver.execute_beside(&sent, watching, late)
        };
        let outcome = self.ask(sql, before.chars().count(), work);
        let seen =
            watched.and_then(|it| it.3.lock().unwrap_or_else(PoisonError::into_inner).take());
        match (outcome, seen) {
            (Err(DbError::Locked { .. }), Some(holder)) => Err(DbError::Locked { holder }),
            (outcome, _) => outcome,
        }
    }

    /// What is needed to see who is in the way of what is sent, if it waits for anybody.
    fn watched(&self, sent: &str) -> Option<(Entry, Waiting, Duration, Seen)> {
        let waiting = match &self.lock {
            Lock::None => return None,
            Lock::Session(process) => Waiting::Process(*process),
            Lock::Lease(_) => Waiting::Statement(sent.to_owned()),
        };
        let pause = tries::length(self.limits.patience?) / 2;
        Some((self.entry.clone(), waiting, pause, Seen::default()))
    }

    /// After what time this client itself must stop a statement, as nothing tells the server.
    fn late(&self) -> Option<Duration> {
        self.limits.statement.filter(|_| self.is_pooled() && !self.in_transaction)
    }

    /// Runs a statement of a transaction until it has what it waits for, or patience is over.
    fn run_in_tries(&mut self, sql: &str, patience: Duration) -> Result<(), DbError> {
        let begin = Instant::now();
        for tried in 1.. {
            let outcome = self.run(tries::BEFORE, sql, tries::BEHIND);
            let pause = tries::pause(tried);
            if !matches!(outcome, Err(DbError::Locked { .. }))
                || begin.elapsed() + pause >= patience
            {
                return outcome;
            }
            self.run("", tries::BACK, "")?;
            thread::sleep(pause);
        }
        Ok(())
    }

    /// Runs a statement that stands alone. It cannot be tried again, so it waits for all of the
    /// patience at once.
    fn run_alone(&mut self, sql: &str) -> Result<(), DbError> {
        if let Lock::Lease(lease) = &self.lock {
            let held = lease.held();
            self.require_lease(&held)?;
        }
        let Some(patience) = self.limits.patience.filter(|_| !self.is_pooled()) else {
            return self.run("", sql, "");
        };
        self.set_lock_timeout(patience)?;
        let outcome = self.run("", sql, "");
        match self.set_lock_timeout(tries::length(patience)) {
            Err(error) if outcome.is_ok() => Err(error),
            _ => outcome,
        }
    }

    fn set_lock_timeout(&mut self, limit: Duration) -> Result<(), DbError> {
        self.run("", &format!("SET lock_timeout = {}", limit.as_millis().max(1)), "")
    }

    /// Begins a transaction. Behind a pooler it has to bring its settings with it, and to see that
    /// the lease is still held.
    fn begin(&mut self, sql: &str) -> Result<(), DbError> {
        let Lock::Lease(lease) = &self.lock else { return self.run("", sql, "") };
        let kept = lease.kept();
        let settings = self.settings("SET LOCAL");
        self.run("", sql, &format!("\n;{settings}"))?;
        self.require_lease(&kept)
    }

    fn require_lease(&mut self, query: &str) -> Result<(), DbError> {
        match self.query(query, &[])?.is_empty() {
            false => Ok(()),
            true => {
                let holder = "another one, who took over the lease that ran out".to_owned();
                Err(DbError::Locked { holder })
            }
        }
    }

    /// The settings of a session that changes the schema.
    fn settings(&self, set: &str) -> String {
        let Limits { patience, statement } = self.limits;
        let milliseconds = |it: Option<Duration>| it.map_or(0, |it| it.as_millis().max(1));
        let all = [
            ("lock_timeout", milliseconds(patience.map(tries::length)).to_string()),
            ("statement_timeout", milliseconds(statement).to_string()),
            ("idle_in_transaction_session_timeout", "0".to_owned()),
            ("standard_conforming_strings", "on".to_owned()),
            ("client_min_messages", "notice".to_owned()),
        ];
        let all: Vec<_> =
            all.iter().map(|(name, value)| format!("{set} {name} = {value}")).collect();
        all.join(";")
    }

    /// Sets what a session remembers; behind a pooler every transaction does.
    fn set(&mut self) -> Result<(), DbError> {
        match self.is_pooled() {
            true => Ok(()),
            false => {
                let settings = self.settings("SET");
                self.ask(&settings, 0, |driver| driver.execute(&settings))
            }
        }
    }

    /// Whether whoever answered at the beginning is the server that runs the statements; its process.
    fn process(&mut self) -> Result<(i32, bool), DbError> {
        let rows = self.query("SELECT pg_backend_pid()", &[])?;
        let process = rows.into_iter().flatten().flatten().next();
        let process = process.and_then(|it| it.parse().ok()).unwrap_or_default();
        Ok((process, self.driver.told_process() == Some(process)))
    }
}

impl Connection for PostgresConnection {
    fn execute(&mut self, sql: &str) -> Result<(), DbError> {
        if let Some(what) = tries::copies(sql) {
            let message = format!("`{what}` needs a client that has the rows: write `INSERT`");
            return Err(DbError::Statement { sql: sql.to_owned(), message, at: None });
        }
        match role(sql) {
            Role::Begin => {
                // A pooler gives the session away as soon as no transaction is open.
                self.in_transaction = true;
                let outcome = self.begin(sql);
                self.in_transaction = outcome.is_ok();
                outcome
            }
            Role::End => {
                self.in_transaction = false;
                self.run("", sql, "")
            }
            Role::Alone => self.run_alone(sql).map_err(|error| leftover::named(self, sql, error)),
            Role::Plain | Role::Savepoint => match self.limits.patience {
                Some(patience) if self.in_transaction && tries::may_wait(sql) => {
                    self.run_in_tries(sql, patience)
                }
                _ => self.run("", sql, ""),
            },
        }
    }

    fn execute_all(&mut self, statements: &[&str]) -> Result<(), DbError> {
        // On one way to the server.
        self.run("", &statements.join(";\n"), "")
    }

    fn query(&mut self, sql: &str, params: &[Option<&str>]) -> Result<Vec<Row>, DbError> {
        let sql = bound(sql, params);
        let messages = self.ask(&sql, 0, |driver| driver.query(&sql))?;
        Ok(holder::rows(messages))
    }

    fn refuse(&mut self, sql: &str, _: &str) -> Result<Option<Row>, DbError> {
        Ok(self.query(sql, &[])?.into_iter().next())
    }

    fn lock(&mut self, wait: Duration) -> Result<(), DbError> {
        if let Lock::None = self.lock {
            let (process, is_direct) = self.process()?;
            if is_direct {
                lock::take(self, wait)?;
                self.lock = Lock::Session(process);
            } else {
                let entry = self.entry.clone();
                self.lock = Lock::Lease(Lease::take(self, &entry, wait)?);
                self.notices.push("behind a pooler: the lock is a lease in a table".to_owned());
            }
        }
        self.limits.patience = Some(wait);
        self.set()
    }

    fn limit(&mut self, statement_timeout: Option<Duration>) -> Result<(), DbError> {
        self.limits.statement = statement_timeout;
        self.set()
    }

    fn notices(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notices)
    }
}

impl Drop for PostgresConnection {
    fn drop(&mut self) {
        // The server would let go of it, too, but some time later: who is next is waiting.
        if let (Lock::Session(_), false) = (&self.lock, self.in_transaction) {
            self.driver.part_with(&lock::give_back());
        }
    }
}

/// The statement with the values written into it for `$1`, `$2` and so on.
fn bound(sql: &str, params: &[Option<&str>]) -> String {
    if params.is_empty() {
        return sql.to_owned();
    }
    let mut text = String::with_capacity(sql.len());
    let mut copied = 0;
    for token in tokens(sql) {
        let number = token.text.strip_prefix('$').and_then(|it| it.parse::<usize>().ok());
        if let (TokenKind::Parameter, Some(number)) = (token.kind, number) {
            text.push_str(&sql[copied..token.at]);
            match number.checked_sub(1).and_then(|at| params.get(at)) {
                Some(Some(value)) => text.push_str(&literal(value)),
                Some(None) | None => text.push_str("NULL"),
            }
            copied = token.end();
        }
    }
    text.push_str(&sql[copied..]);
    text
}
