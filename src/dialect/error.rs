//! What a database cannot do, and what goes wrong in one.

use std::time::Duration;

use crate::schema::Name;

/// Something in a SQL script is never closed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} is never closed")]
pub struct SplitError {
    /// What: a string, a comment, the body of a trigger.
    pub what: &'static str,
    /// The byte of the script at which it begins.
    pub at: usize,
}

/// This database has no way to do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct Unsupported {
    /// The whole sentence: "SQLite has no sequences".
    pub what: String,
    /// The table it is about.
    pub table: Option<Name>,
    /// The column it is about.
    pub column: Option<String>,
    /// What works instead.
    pub hint: Option<String>,
}

impl Unsupported {
    /// Something the database lacks, with what works instead.
    pub fn new(what: impl Into<String>, hint: impl Into<Option<String>>) -> Unsupported {
        Unsupported { what: what.into(), table: None, column: None, hint: hint.into() }
    }

    /// What works instead.
    pub fn hint(&self) -> Option<String> {
        self.hint.clone()
    }
}

/// A declaration could not be settled.
#[derive(Debug, thiserror::Error)]
pub enum NormalizeError {
    /// The database cannot hold these; never empty.
    #[error("{}", .0.iter().map(|it| it.what.as_str()).collect::<Vec<_>>().join("; "))]
    Unsupported(Vec<Unsupported>),
    /// The database was asked and failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What went wrong in a database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DbError {
    /// It could not be opened.
    #[error("cannot open {place}: {message}")]
    Open {
        /// The database, without its password.
        place: String,
        /// The database's own words.
        message: String,
        /// What to do.
        hint: Option<String>,
    },
    /// No database could be made beside it to try something in.
    #[error("a scratch database could not be made: {why}")]
    NoScratch {
        /// The database's own words.
        why: String,
        /// What to do.
        hint: Option<String>,
    },
    /// A statement would reach beyond the place in which it is tried.
    #[error("a statement {what}, and nothing may be tried there")]
    Beyond {
        /// The statement.
        sql: String,
        /// What of it does.
        what: String,
    },
    /// The role has not the right to do what must be done.
    #[error("{what}")]
    NoRight {
        /// The statement, if it is one of a script.
        sql: Option<String>,
        /// What it may not do.
        what: String,
        /// What gives the right.
        hint: String,
    },
    /// Another one holds it.
    #[error("the database is locked by {holder}")]
    Locked {
        /// Who, as far as is known.
        holder: String,
    },
    /// A statement ran for longer than it may.
    #[error("the statement ran for longer than {}", seconds(.limit))]
    Timeout {
        /// The statement.
        sql: String,
        /// How long it may run.
        limit: Duration,
    },
    /// It refused a statement.
    #[error("{message}")]
    Statement {
        /// The statement.
        sql: String,
        /// The database's own words.
        message: String,
        /// The byte of the statement it points at.
        at: Option<usize>,
    },
    /// The machine failed it, whatever the statement: its disk is full, its file cannot be written.
    #[error("{message}")]
    Machine {
        /// The statement.
        sql: String,
        /// The database's own words.
        message: String,
    },
    /// A person stopped it.
    #[error("it was interrupted")]
    Interrupted {
        /// The statement.
        sql: String,
    },
    /// The server is gone, or the way to it.
    #[error("the connection to the database was lost: {message}")]
    Lost {
        /// The statement.
        sql: String,
        /// The last words.
        message: String,
    },
    /// A table of the history is something else.
    #[error("table `{table}` is not the one of this tool: it has no column `{column}`")]
    NotOurs {
        /// The table.
        table: String,
        /// What it lacks.
        column: String,
    },
    /// What it keeps could not be understood.
    #[error("cannot read {what}: {message}")]
    Unreadable {
        /// The object.
        what: String,
        /// What is odd about it.
        message: String,
    },
}

impl DbError {
    /// Whether it ends what is done, and is no answer to a statement.
    pub fn is_end(&self) -> bool {
        matches!(self, DbError::Interrupted { .. } | DbError::Lost { .. })
    }

    /// The statement that failed, and the byte at which the database points.
    pub fn statement(&self) -> Option<(&str, Option<usize>)> {
        match self {
            DbError::Statement { sql, at, .. } => Some((sql, *at)),
            DbError::Timeout { sql, .. }
            | DbError::Machine { sql, .. }
            | DbError::Interrupted { sql }
            | DbError::Beyond { sql, .. }
            | DbError::Lost { sql, .. } => Some((sql, None)),
            DbError::NoRight { sql, .. } => sql.as_deref().map(|it| (it, None)),
            _ => None,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            DbError::Open { hint, .. } | DbError::NoScratch { hint, .. } => hint.clone(),
            DbError::NoRight { hint, .. } => Some(hint.clone()),
            DbError::Beyond { .. } => Some(
                "a name without a database before it is of the database that is upgraded, \
                 and of the one in which a script is tried"
                    .to_owned(),
            ),
            DbError::Locked { .. } => {
                Some("wait for it to end; `lock_timeout` in db.toml says for how long".to_owned())
            }
            DbError::Timeout { .. } => {
                Some("`statement_timeout` in db.toml says how long one may run".to_owned())
            }
            DbError::Machine { .. } => Some(
                "the statement is not at fault: see to the disk and the rights of the database, \
                 and run the command again"
                    .to_owned(),
            ),
            DbError::Interrupted { .. } => {
                Some("run the command again: it goes on from where the database stands".to_owned())
            }
            DbError::Lost { .. } => Some(
                "what was not committed is taken back: `db current` says where the database stands"
                    .to_owned(),
            ),
            DbError::NotOurs { .. } => {
                Some("`version_table` and `log_table` in db.toml name other tables".to_owned())
            }
            DbError::Statement { .. } | DbError::Unreadable { .. } => None,
        }
    }
}

fn seconds(limit: &Duration) -> String {
    match (limit.as_millis(), limit.subsec_millis()) {
        (_, 0) => format!("{} s", limit.as_secs()),
        (milliseconds, _) => format!("{milliseconds} ms"),
    }
}
