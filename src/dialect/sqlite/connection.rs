//! One open SQLite database.

use std::cell::Cell;
use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::types::ValueRef;
use rusqlite::{ErrorCode, OpenFlags, Statement, ffi};

use super::lock;
use super::role::role;
use super::split::split;
use crate::dialect::{Connection, DbError, Role, Row};
use crate::interrupt::{self, Listening};

/// How a database file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It must be there, and nothing can be changed in it.
    ReadOnly,
    /// It must be there.
    ReadWrite,
    /// It is made when it is not there; its folder is not.
    Create,
}

/// An open SQLite database, in a file or in memory.
pub struct SqliteConnection {
    db: rusqlite::Connection,
    /// The file; `None` is in memory.
    path: Option<PathBuf>,
    /// How long one statement may run, and when the last one began.
    clock: Option<(Duration, Arc<Mutex<Instant>>)>,
    /// While a statement runs, and while a transaction is open.
    listening: Cell<Option<Listening>>,
    /// The folder of the file, locked until the connection is dropped. The last field, so that
    /// the database is closed before the next migrator begins.
    lock: Option<File>,
}

impl SqliteConnection {
    /// Opens the database in the file `path`. A path is nothing but a path: `file:x?mode=ro` and
    /// `:memory:` are names of files.
    ///
    /// # Errors
    /// `DbError::Open` says what is in the way: no file, no folder, no right, no database.
    pub fn open(path: impl AsRef<Path>, mode: Mode) -> Result<SqliteConnection, DbError> {
        let path = path.as_ref();
        let open = |message: String, hint: Option<String>| DbError::Open {
            place: format!("`{}`", path.display()),
            message,
            hint,
        };
        if let Some((message, hint)) = obstacle(path, mode) {
            return Err(open(message, hint));
        }
        let flags = match mode {
            Mode::ReadOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
            Mode::ReadWrite => OpenFlags::SQLITE_OPEN_READ_WRITE,
            Mode::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        };
        // Without a folder in front SQLite reads `file:` as a URI and `:memory:` as no file.
        let plain = Path::new(".").join(path);
        let rights = || Some("check the rights of the file and of its folder".to_owned());
        let open_with = |flags| {
            rusqlite::Connection::open_with_flags(&plain, flags | COMMON).map_err(|error| {
                let message = match error.sqlite_error_code() {
                    Some(ErrorCode::CannotOpen) if path.exists() => "it cannot be read".to_owned(),
                    Some(ErrorCode::CannotOpen) => "it cannot be made".to_owned(),
                    _ => words(&error),
                };
                open(message, rights())
            })
        };
        let mut db = open_with(flags)?;
        let mut seen = look(&db);
        if mode == Mode::ReadOnly && seen.as_ref().is_err_and(wants_recovery) {
            // Someone was stopped in a transaction, and the first to come takes it back.
            db = open_with(OpenFlags::SQLITE_OPEN_READ_WRITE)?;
            seen = look(&db).and_then(|()| db.execute_batch("PRAGMA query_only = ON"));
        }
        match seen {
            Ok(()) => {}
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
                let hint = "is it encrypted, or another program's file?";
                return Err(open(words(&error), Some(hint.to_owned())));
            }
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) => {
                let hint = format!(
                    "bring back a copy of it, or save what can be read: `sqlite3 {} .recover`",
                    path.display()
                );
                return Err(open(words(&error), Some(hint)));
            }
            // Who may not look now may wait when it comes to work.
            Err(error) if is_busy(&error) => {}
            Err(error) => return Err(open(words(&error), rights())),
        }
        // SQLite falls back to reading where it may not write.
        if mode != Mode::ReadOnly && db.is_readonly("main").unwrap_or(false) {
            return Err(open("it cannot be written".to_owned(), rights()));
        }
        Ok(SqliteConnection {
            db,
            path: Some(path.to_owned()),
            clock: None,
            listening: Cell::default(),
            lock: None,
        })
    }

    /// Opens an empty database in memory; it is gone when dropped.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn memory() -> Result<SqliteConnection, DbError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let db =
            rusqlite::Connection::open_with_flags(":memory:", flags | COMMON).map_err(|error| {
                DbError::Open {
                    place: "a database in memory".to_owned(),
                    message: words(&error),
                    hint: None,
                }
            })?;
        Ok(SqliteConnection { db, path: None, clock: None, listening: Cell::default(), lock: None })
    }

    /// The file of the database; `None` when it is in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Reads a statement without running it; what SQLite has to say against it.
    pub(super) fn prepare(&self, sql: &str) -> Result<(), DbError> {
        self.db.prepare(sql).map(|_| ()).map_err(|error| self.failure(&error, sql))
    }

    fn run<T>(
        &self,
        sql: &str,
        params: &[Option<&str>],
        mut row: impl FnMut(&rusqlite::Row<'_>, usize) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, DbError> {
        if let Some(at) = sql.find('\0') {
            let message = "the statement holds a zero byte".to_owned();
            return Err(DbError::Statement { sql: sql.to_owned(), message, at: Some(at) });
        }
        if let Some((_, began)) = &self.clock {
            *began.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        }
        if interrupt::is_pending() && role(sql) != Role::End && interrupt::was_asked() {
            return Err(DbError::Interrupted { sql: sql.to_owned() });
        }
        let listening = self.listening.take().unwrap_or_else(|| {
            let handle = self.db.get_interrupt_handle();
            interrupt::listen(move || handle.interrupt())
        });
        let outcome = self.step(sql, params, &mut row);
        // Between the statements of a transaction it is the next one that hears of it.
        self.listening.set(Some(listening).filter(|_| !self.db.is_autocommit()));
        match outcome {
            // Blanks and comments are no statement to SQLite, and no mistake to anyone.
            Err(_) if split(sql).is_ok_and(|pieces| pieces.is_empty()) => Ok(Vec::new()),
            Err(error) => Err(self.failure(&error, sql)),
            Ok(rows) => Ok(rows),
        }
    }

    fn step<T>(
        &self,
        sql: &str,
        params: &[Option<&str>],
        row: &mut impl FnMut(&rusqlite::Row<'_>, usize) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        let mut rows = Vec::new();
        let mut statement = self.db.prepare(sql)?;
        bind(&mut statement, params)?;
        let columns = statement.column_count();
        let mut found = statement.raw_query();
        while let Some(next) = found.next()? {
            rows.push(row(next, columns)?);
        }
        Ok(rows)
    }

    fn failure(&self, error: &rusqlite::Error, sql: &str) -> DbError {
        if is_busy(error) {
            let holder = match &self.path {
                Some(path) => lock::holder_of_database(path),
                None => "another connection".to_owned(),
            };
            return DbError::Locked { holder };
        }
        let is_stopped = error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted);
        if is_stopped && interrupt::was_asked() {
            return DbError::Interrupted { sql: sql.to_owned() };
        }
        if let (Some((limit, _)), Some(ErrorCode::OperationInterrupted)) =
            (&self.clock, error.sqlite_error_code())
        {
            return DbError::Timeout { sql: sql.to_owned(), limit: *limit };
        }
        if is_of_the_machine(error) {
            return DbError::Machine { sql: sql.to_owned(), message: words(error) };
        }
        let at = match error {
            rusqlite::Error::SqlInputError { offset, .. } => usize::try_from(*offset).ok(),
            _ => None,
        };
        DbError::Statement { sql: sql.to_owned(), message: words(error), at }
    }
}

impl Connection for SqliteConnection {
    fn execute(&mut self, sql: &str) -> Result<(), DbError> {
        self.run(sql, &[], |_, _| Ok(())).map(|_| ())
    }

    fn query(&mut self, sql: &str, params: &[Option<&str>]) -> Result<Vec<Row>, DbError> {
        self.run(sql, params, |row, columns| {
            (0..columns).map(|column| row.get_ref(column).map(text)).collect()
        })
    }

    fn refuse(&mut self, sql: &str, _: &str) -> Result<Option<Row>, DbError> {
        Ok(self.query(sql, &[])?.into_iter().next())
    }

    fn lock(&mut self, wait: Duration) -> Result<(), DbError> {
        // SQLite counts milliseconds in an `int`.
        let patience = wait.min(Duration::from_millis(i32::MAX.unsigned_abs().into()));
        self.db.busy_timeout(patience).map_err(|error| self.failure(&error, ""))?;
        if let (None, Some(path)) = (&self.lock, &self.path) {
            self.lock = lock::folder_of(path, wait)?;
        }
        Ok(())
    }

    fn limit(&mut self, statement_timeout: Option<Duration>) -> Result<(), DbError> {
        self.clock = statement_timeout.map(|limit| (limit, Arc::new(Mutex::new(Instant::now()))));
        let handler = self.clock.clone().map(|(limit, began)| {
            move || began.lock().unwrap_or_else(PoisonError::into_inner).elapsed() > limit
        });
        self.db.progress_handler(STEPS, handler).map_err(|error| DbError::Statement {
            sql: String::new(),
            message: words(&error),
            at: None,
        })
    }
}

impl fmt::Debug for SqliteConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteConnection").field("path", &self.path).finish_non_exhaustive()
    }
}

/// A connection stays in its thread, and errors say exactly what went wrong.
const COMMON: OpenFlags = OpenFlags::SQLITE_OPEN_NO_MUTEX.union(OpenFlags::SQLITE_OPEN_EXRESCODE);

/// How many steps of SQLite's machine lie between two looks at the clock: well below a millisecond.
const STEPS: std::ffi::c_int = 10_000;

/// Has SQLite look into the file, which it does only when it must. Whoever holds it is not waited
/// for.
fn look(db: &rusqlite::Connection) -> rusqlite::Result<()> {
    db.busy_timeout(Duration::ZERO)?;
    let seen = db.query_row("PRAGMA schema_version", [], |_| Ok(()));
    db.busy_timeout(PATIENCE)?;
    seen
}

/// How long a connection waits for others unless it is told.
const PATIENCE: Duration = Duration::from_secs(5);

/// Whether the file holds a transaction that was never ended, which reading alone cannot take
/// back: <https://sqlite.org/rescode.html#readonly_rollback>.
fn wants_recovery(error: &rusqlite::Error) -> bool {
    const CODES: [i32; 2] = [ffi::SQLITE_READONLY_ROLLBACK, ffi::SQLITE_READONLY_RECOVERY];
    error.sqlite_error().is_some_and(|error| CODES.contains(&error.extended_code))
}

/// What is in the way of opening `path`, in better words than SQLite's "unable to open database
/// file", with what to do about it. The file itself is left closed: closing it again would drop
/// the locks that other connections of this process hold on it.
/// <https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_>
fn obstacle(path: &Path, mode: Mode) -> Option<(String, Option<String>)> {
    if path.as_os_str().is_empty() {
        return Some(("the path is empty".to_owned(), None));
    }
    let error = match path.metadata() {
        Ok(found) if found.is_dir() => {
            let hint = format!("name a file in it, like `{}`", path.join("app.db").display());
            return Some(("it is a folder".to_owned(), Some(hint)));
        }
        Ok(_) => return None,
        Err(error) => error,
    };
    if error.kind() != std::io::ErrorKind::NotFound {
        return Some((system_words(&error), None));
    }
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
            let message = format!("there is no folder `{}`", folder.display());
            Some((message, Some("make the folder, or check the path".to_owned())))
        }
        _ if mode != Mode::Create => Some(("there is no such file".to_owned(), None)),
        _ => None,
    }
}

/// The system's words without its number.
fn system_words(error: &std::io::Error) -> String {
    let words = error.to_string();
    let words = words.split(" (os error").next().unwrap_or_default();
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect::<String>())
}

/// What SQLite says when it has nothing more to say than `SQLITE_CORRUPT`.
const DAMAGED: &str = "database disk image is malformed";

/// SQLite's own words, and better ones where they say little.
fn words(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        rusqlite::Error::SqliteFailure(code, _)
            if code.extended_code == ffi::SQLITE_READONLY_DBMOVED =>
        {
            "the file was moved, removed or replaced since it was opened".to_owned()
        }
        // The journal is made beside the database.
        rusqlite::Error::SqliteFailure(code, _)
            if code.extended_code == ffi::SQLITE_READONLY_DIRECTORY =>
        {
            "the folder of the database cannot be written".to_owned()
        }
        rusqlite::Error::SqliteFailure(_, Some(message)) if message == DAMAGED => {
            "the file is damaged".to_owned()
        }
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        rusqlite::Error::SqliteFailure(code, None) => {
            rusqlite::ffi::code_to_str(code.extended_code).to_owned()
        }
        rusqlite::Error::MultipleStatement => "there is more than one statement".to_owned(),
        other => other.to_string(),
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
}

/// Whether no other statement would have fared better,
/// <https://www.sqlite.org/rescode.html>.
fn is_of_the_machine(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(
            ErrorCode::DiskFull
                | ErrorCode::SystemIoFailure
                | ErrorCode::OutOfMemory
                | ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied
                | ErrorCode::DatabaseCorrupt
        )
    )
}

fn bind(statement: &mut Statement<'_>, params: &[Option<&str>]) -> rusqlite::Result<()> {
    let expected = statement.parameter_count();
    if expected != params.len() {
        return Err(rusqlite::Error::InvalidParameterCount(params.len(), expected));
    }
    for (index, param) in params.iter().enumerate() {
        statement.raw_bind_parameter(index + 1, param)?;
    }
    Ok(())
}

/// A value as text; NULL is none. A number is written so that it comes back as it was, bytes as
/// SQLite's own literal.
fn text(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(format!("{number:?}")),
        ValueRef::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(bytes) => {
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            Some(format!("x'{digits}'"))
        }
    }
}

#[cfg(test)]
mod tests;
