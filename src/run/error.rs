//! What can go wrong while a plan is carried out.

use crate::dialect::{DbError, Row, SplitError, Unsupported};
use crate::graph::{Heads, Step};
use crate::operation::Operation;
use crate::run::HistoryError;

/// A plan that was not carried out to its end.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Someone else changed the history since the plan was made.
    #[error("the database moved from {} to {} meanwhile", heads(.expected), heads(.found))]
    Moved {
        /// Where the plan begins.
        expected: Heads,
        /// Where the database stands.
        found: Heads,
    },
    /// Another revision was left half done.
    #[error("the {direction} of `{revision}` is half done: {done} of {operations} operations")]
    HalfDone {
        /// That revision.
        revision: String,
        /// Its direction.
        direction: String,
        /// What is done.
        done: usize,
        /// What there is to do.
        operations: usize,
    },
    /// A step failed.
    #[error("revision `{revision}` failed{}", .operation.as_deref().map(|it| format!(" in {it}")).unwrap_or_default())]
    Step {
        /// The revision.
        revision: String,
        /// The operation, with its number.
        operation: Option<String>,
        /// Why.
        #[source]
        cause: Box<Cause>,
    },
    /// The history could not be set.
    #[error("the history could not be written")]
    Stamp {
        /// Why.
        #[source]
        cause: Box<Cause>,
    },
}

/// Why a step failed.
#[derive(Debug, thiserror::Error)]
pub enum Cause {
    /// The database refused a statement.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The database has no way to do it.
    #[error(transparent)]
    Unsupported(#[from] Unsupported),
    /// Raw SQL cannot be parted into statements.
    #[error(transparent)]
    Split(#[from] SplitError),
    /// What must hold does not.
    #[error("{message}{}", shown(.row))]
    Refused {
        /// What.
        message: String,
        /// The first row that says so.
        row: Row,
    },
    /// A program failed.
    #[error("the program `{command}` failed: {outcome}")]
    Program {
        /// The program with its arguments.
        command: String,
        /// How it ended.
        outcome: String,
    },
    /// A program cannot work beside the open transaction.
    #[error("the program `{command}` would not see what the open transaction has done")]
    ProgramInTransaction {
        /// The program with its arguments.
        command: String,
    },
    /// The script holds another dialect's SQL.
    #[error("the script holds SQL for {script}, and this database is {database}")]
    OtherDialect {
        /// The script's dialect.
        script: String,
        /// The database's.
        database: &'static str,
    },
    /// There is no way back.
    #[error("there is no way back: {why}")]
    Irreversible {
        /// The script's reason.
        why: String,
    },
}

impl From<HistoryError> for Cause {
    fn from(error: HistoryError) -> Cause {
        match error {
            HistoryError::Db(error) => Cause::Db(error),
            HistoryError::Unsupported(error) => Cause::Unsupported(error),
        }
    }
}

impl RunError {
    pub(super) fn step(step: &Step, cause: impl Into<Box<Cause>>) -> RunError {
        RunError::Step { revision: step.revision.id.clone(), operation: None, cause: cause.into() }
    }

    pub(super) fn operation(
        step: &Step,
        at: usize,
        op: &Operation,
        cause: impl Into<Box<Cause>>,
    ) -> RunError {
        let operation = format!("operation {} ({})", at + 1, op.describe().join("; "));
        RunError::Step {
            revision: step.revision.id.clone(),
            operation: Some(operation),
            cause: cause.into(),
        }
    }

    /// What the person can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            RunError::Moved { .. } => Some("run the command again".to_owned()),
            RunError::HalfDone { revision, direction, .. } => Some(format!(
                "`db {direction} {revision}` goes on with it, `db stamp` says that it is settled"
            )),
            RunError::Step { cause, .. } | RunError::Stamp { cause } => match &**cause {
                Cause::Unsupported(error) => error.hint.clone(),
                Cause::OtherDialect { .. } => Some(
                    "a script of operations, as `--format toml` writes, runs on every database"
                        .to_owned(),
                ),
                Cause::ProgramInTransaction { .. } => {
                    Some("say `transaction = false` in the script".to_owned())
                }
                _ => None,
            },
        }
    }
}

fn heads(heads: &Heads) -> String {
    match heads.len() {
        0 => "base".to_owned(),
        _ => heads.iter().map(String::as_str).collect::<Vec<_>>().join(", "),
    }
}

fn shown(row: &Row) -> String {
    // A row of nothing only says that there is one.
    if row.iter().all(Option::is_none) {
        return String::new();
    }
    let values: Vec<_> = row.iter().map(|it| it.as_deref().unwrap_or("NULL")).collect();
    format!(" ({})", values.join(", "))
}
