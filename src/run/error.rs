//! What can go wrong while a plan is carried out.

use std::fmt;

use crate::dialect::{DbError, Row, SplitError, Unsupported};
use crate::graph::{Heads, Step, in_words};
use crate::run::HistoryError;

/// A plan that was not carried out to its end.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Someone else changed the history since the plan was made.
    #[error("the database moved from {} to {} meanwhile", in_words(.expected), in_words(.found))]
    Moved {
        /// Where the plan begins.
        expected: Heads,
        /// Where the database stands.
        found: Heads,
    },
    /// Another revision was left half done.
    #[error("the {direction} of `{revision}` is half done: {done} of {operations}")]
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
    /// The done half of a revision is no longer what its script says.
    #[error(
        "the {direction} of `{revision}` is half done, and what is done of it was changed since"
    )]
    Edited {
        /// That revision.
        revision: String,
        /// Its direction.
        direction: String,
        /// What is done.
        done: usize,
    },
    /// The run before was cut off in a statement of which nobody can tell whether it was carried out.
    #[error(
        "the {direction} of `{revision}` was cut off in {operation}, and whether that was carried out only a person can see: {done} of {operations} are done for sure"
    )]
    CutOff {
        /// That revision.
        revision: String,
        /// Its direction.
        direction: String,
        /// The operation, with its number.
        operation: String,
        /// What is done.
        done: usize,
        /// What there is to do.
        operations: usize,
    },
    /// A person wants to go on with a part that there is not.
    #[error("the {direction} of `{revision}` has no part {part}: there are {operations}")]
    NoSuchPart {
        /// That revision.
        revision: String,
        /// Its direction.
        direction: String,
        /// The part, from 1.
        part: usize,
        /// How many there are.
        operations: usize,
    },
    /// A person wants to go on with a revision, and none is half done.
    #[error("no revision is half done, so there is nothing with which `--restart` could go on")]
    NothingHalfDone,
    /// A step failed.
    #[error("revision `{revision}` {}", failure(.operation.as_deref(), .outcome))]
    Step {
        /// The revision.
        revision: String,
        /// The operation, with its number.
        operation: Option<String>,
        /// What became of the step.
        outcome: Outcome,
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

/// What became of a step that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing of the whole plan ran.
    Refused,
    /// It was undone, with so many steps before it, which one transaction held.
    TakenBack {
        /// The steps before it.
        others: usize,
    },
    /// So many parts of it are done and stay.
    HalfDone {
        /// What is done.
        done: usize,
        /// What there is to do.
        operations: usize,
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
    Unsupported(Box<Unsupported>),
    /// Raw SQL cannot be parted into statements.
    #[error("{error} (line {line} of the SQL)")]
    Split {
        /// What is wrong.
        error: SplitError,
        /// The line, from 1.
        line: usize,
    },
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
    /// A program is no SQL.
    #[error("no client of the database runs the program `{command}`")]
    ProgramOffline {
        /// The program with its arguments.
        command: String,
    },
    /// A statement that begins or ends a transaction stands in a script that runs in one.
    #[error("`{sql}` is no business of a script that runs in a transaction as a whole")]
    ControlsTransaction {
        /// The statement, shortened.
        sql: String,
    },
    /// A statement cannot work within a transaction.
    #[error("`{sql}` can do nothing within a transaction")]
    NeedsNoTransaction {
        /// The statement, shortened.
        sql: String,
    },
    /// A transaction begins or ends, and its other end is not in the same piece of SQL.
    #[error("`{sql}` has no other end: a transaction begins and ends in one piece of SQL")]
    HalfTransaction {
        /// The statement, shortened.
        sql: String,
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

impl From<Unsupported> for Cause {
    fn from(error: Unsupported) -> Cause {
        Cause::Unsupported(Box::new(error))
    }
}

impl From<HistoryError> for Cause {
    fn from(error: HistoryError) -> Cause {
        match error {
            HistoryError::Db(error) => Cause::Db(error),
            HistoryError::Unsupported(error) => Cause::from(error),
        }
    }
}

impl RunError {
    /// A step that cannot run, before anything has run.
    pub(super) fn refused(step: &Step, operation: Option<String>, cause: Cause) -> RunError {
        RunError::step(step, operation, Outcome::Refused, cause)
    }

    /// A step that failed.
    pub(super) fn step(
        step: &Step,
        operation: Option<String>,
        outcome: Outcome,
        cause: Cause,
    ) -> RunError {
        let cause = Box::new(cause);
        RunError::Step { revision: step.revision.id.clone(), operation, outcome, cause }
    }

    /// What the person can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            RunError::Moved { .. } => Some("run the command again".to_owned()),
            RunError::HalfDone { revision, direction, .. } => {
                let target = target(direction, revision);
                Some(format!(
                    "`db {direction} {target}` goes on with it, `db stamp` says that it is settled"
                ))
            }
            RunError::CutOff { revision, direction, done, .. } => {
                let target = target(direction, revision);
                let (again, behind) = (done + 1, done + 2);
                Some(format!(
                    "`db {direction} {target} --restart={again}` runs it again, `--restart={behind}` goes on behind it, `db stamp` says that all is settled"
                ))
            }
            RunError::NoSuchPart { operations, .. } => Some(format!(
                "`--restart` begins with the first, `--restart={}` says that all are done",
                operations + 1
            )),
            RunError::NothingHalfDone => Some("run the command without `--restart`".to_owned()),
            RunError::Edited { done, .. } => Some(format!(
                "put its first {done} back as they were, or bring the database in order by hand and settle it with `db stamp`"
            )),
            RunError::Step { outcome, .. } => outcome.hint(),
            RunError::Stamp { .. } => None,
        }
    }
}

/// The place to which a revision leads in a direction.
fn target(direction: &str, revision: &str) -> String {
    match direction {
        "downgrade" => format!("{revision}-1"),
        _ => revision.to_owned(),
    }
}

impl Outcome {
    fn hint(&self) -> Option<String> {
        match self {
            Outcome::HalfDone { .. } => Some(
                "mend what is left and run the command again: it goes on there; `db stamp` settles it otherwise"
                    .to_owned(),
            ),
            Outcome::Refused | Outcome::TakenBack { .. } => None,
        }
    }
}

impl Cause {
    /// Whether nobody knows what became of the statement in which the run ended. Of one that was
    /// interrupted the database says that it was not carried out.
    pub(super) fn leaves_doubt(&self) -> bool {
        matches!(self, Cause::Db(DbError::Lost { .. }))
    }

    /// The statement that failed, and the byte at which the database points.
    pub fn statement(&self) -> Option<(&str, Option<usize>)> {
        match self {
            Cause::Db(error) => error.statement(),
            _ => None,
        }
    }

    /// What the person can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Cause::Db(error) => error.hint(),
            Cause::Unsupported(error) => error.hint(),
            Cause::ProgramInTransaction { .. } | Cause::NeedsNoTransaction { .. } => {
                Some("say `transaction = false` in the script".to_owned())
            }
            Cause::ControlsTransaction { .. } => Some(
                "leave it out, or say `transaction = false` in the script and lose what a whole has over its parts"
                    .to_owned(),
            ),
            Cause::ProgramOffline { .. } => Some(
                "print the revisions before it and behind it, as `from:to`, and run this one with `db upgrade`"
                    .to_owned(),
            ),
            Cause::OtherDialect { .. } => Some(
                "a script of operations, as `--format toml` writes, runs on every database"
                    .to_owned(),
            ),
            _ => None,
        }
    }
}

/// `failed in operation 3 (removed table 'x') and was taken back`.
fn failure(operation: Option<&str>, outcome: &Outcome) -> String {
    let place = operation.map(|it| format!(" in {it}")).unwrap_or_default();
    match outcome {
        Outcome::Refused => {
            let place = operation.map(|it| format!(": {it}")).unwrap_or_default();
            format!("cannot run, and nothing ran{place}")
        }
        Outcome::TakenBack { others: 0 } => format!("failed{place} and was taken back"),
        Outcome::TakenBack { others: 1 } => {
            format!("failed{place} and was taken back, with the one before it")
        }
        Outcome::TakenBack { others } => {
            format!("failed{place} and was taken back, with the {others} before it")
        }
        Outcome::HalfDone { done, operations } => {
            format!("stopped{place}: {done} of {operations} are done")
        }
    }
}

fn shown(row: &Row) -> String {
    let values: Vec<_> = row.iter().map(|it| it.as_deref().unwrap_or("NULL")).collect();
    match values.len() {
        0 => String::new(),
        _ => format!(" ({})", values.join(", ")),
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&failure(None, self))
    }
}
