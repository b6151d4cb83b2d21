//! What of a script runs on this database, and whether it can.

use crate::dialect::{Dialect, Role, SplitError};
use crate::error::Source;
use crate::graph::{Direction, Step};
use crate::operation::Operation;
use crate::run::apart::apart;
use crate::run::{Cause, LogEntry, Programs, RunError, Session, Transaction};
use crate::schema::Sql;
use crate::script::{self, Script, ScriptFile};

/// A step that is about to run.
pub(super) struct Job<'a> {
    /// The step.
    pub(super) step: &'a Step<'a>,
    /// The text of its script.
    pub(super) source: Source,
    /// What runs, in order.
    pub(super) parts: Parts,
    /// Whether each part stands for itself, instead of all in one transaction.
    pub(super) piecemeal: bool,
    /// Why there is no way back, where the script says so.
    pub(super) irreversible: Option<String>,
}

/// What a script does, in the least pieces that can be done by themselves: operations, and raw
/// SQL statement by statement.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Parts {
    /// The pieces.
    pub(super) operations: Vec<Operation>,
    /// For each the number of its operation in the script, from 0.
    numbers: Vec<usize>,
}

impl<'a> Job<'a> {
    /// Finds out what runs. Nothing has run yet, so all that can be known to fail fails here.
    ///
    /// # Errors
    /// Why it cannot run here.
    pub(super) fn new(
        session: &Session,
        step: &'a Step<'a>,
        file: &ScriptFile,
    ) -> Result<Job<'a>, RunError> {
        let ScriptFile { script, source } = file;
        let header = &script.header;
        let refuse = |cause| RunError::refused(step, None, cause);
        let dialect = session.dialect;
        if let Some(other) = header.dialect.as_ref().filter(|it| *it != dialect.name()) {
            let cause = Cause::OtherDialect { script: other.clone(), database: dialect.name() };
            return Err(refuse(cause));
        }
        if let (Direction::Downgrade, Some(why)) = (step.direction, &header.irreversible) {
            return Err(refuse(Cause::Irreversible { why: why.clone() }));
        }
        let irreversible = header.irreversible.clone();
        let parts = Parts::of(dialect, step.direction, script);
        let parts = parts.map_err(refuse)?;
        let piecemeal = header.no_transaction
            || session.transaction == Transaction::None
            || dialect.features().begin.is_none()
            || (0..parts.operations.len()).any(|at| parts.commits(at, dialect));
        for (at, operation) in parts.operations.iter().enumerate() {
            if let Some(cause) = unfit(session, operation, piecemeal) {
                return Err(RunError::refused(step, Some(parts.describe(at)), cause));
            }
        }
        Ok(Job { step, source: source.clone(), parts, piecemeal, irreversible })
    }

    /// How many parts are done where a person says with which one to go on, from 1.
    ///
    /// # Errors
    /// When there is no such part.
    pub(super) fn restart(&self, with: usize) -> Result<usize, RunError> {
        let operations = self.parts.operations.len();
        match with.checked_sub(1).filter(|done| *done <= operations) {
            Some(done) => Ok(done),
            None => Err(RunError::NoSuchPart {
                revision: self.step.revision.id.clone(),
                direction: self.step.direction.to_string(),
                part: with,
                operations,
            }),
        }
    }

    /// How many parts are done where the log says so in `entry`.
    ///
    /// # Errors
    /// When what is done has been changed in the script since: then the number means nothing. When
    /// the run before was cut off in a part of which nobody can look whether it was carried out.
    pub(super) fn done(&self, dialect: &dyn Dialect, entry: &LogEntry) -> Result<usize, RunError> {
        let done = self.unchanged(dialect, entry)?;
        let was_cut_off = entry.duration_ms == 0;
        let is_opaque = self.parts.operations.len() > done && self.parts.is_opaque(done, dialect);
        if was_cut_off && is_opaque {
            return Err(RunError::CutOff {
                revision: entry.revision.clone(),
                direction: entry.direction.clone(),
                operation: self.parts.describe(done),
                done,
                operations: self.parts.operations.len(),
            });
        }
        Ok(done)
    }

    fn unchanged(&self, dialect: &dyn Dialect, entry: &LogEntry) -> Result<usize, RunError> {
        let source = Source::new(&*self.source.path, &*entry.script);
        let then = script::parse(&source).ok();
        let then = then.and_then(|it| Parts::of(dialect, self.step.direction, &it).ok());
        let now = self.parts.operations.get(..entry.done);
        let same = then.is_some_and(|it| now.is_some() && it.operations.get(..entry.done) == now);
        match same {
            true => Ok(entry.done),
            false => Err(RunError::Edited {
                revision: entry.revision.clone(),
                direction: entry.direction.clone(),
                done: entry.done,
            }),
        }
    }
}

impl Parts {
    fn of(dialect: &dyn Dialect, direction: Direction, script: &Script) -> Result<Parts, Cause> {
        let entries = match direction {
            Direction::Upgrade => &script.upgrade,
            Direction::Downgrade => &script.downgrade,
        };
        let mut parts = Parts::default();
        for (number, entry) in entries.iter().enumerate() {
            if !entry.is_for(dialect.name()) {
                continue;
            }
            let operations = match &entry.operation {
                Operation::Execute(sql) => match sql.of(dialect.name()) {
                    Some(sql) => statements(dialect, sql).map_err(|error| {
                        let line = sql[..error.at].matches('\n').count() + 1;
                        Cause::Split { error, line }
                    })?,
                    None => vec![entry.operation.clone()],
                },
                other => apart(dialect, other),
            };
            parts.numbers.extend(operations.iter().map(|_| number));
            parts.operations.extend(operations);
        }
        Ok(parts)
    }

    /// How a part is called in messages.
    pub(super) fn describe(&self, at: usize) -> String {
        let what = self.operations[at].describe().join("; ");
        format!("operation {} ({what})", self.number(at))
    }

    /// The number of a part's operation in the script, from 1.
    pub(super) fn number(&self, at: usize) -> usize {
        self.numbers[at] + 1
    }

    /// Whether a part runs without a transaction around it.
    pub(super) fn is_alone(&self, at: usize, dialect: &dyn Dialect) -> bool {
        match &self.operations[at] {
            Operation::Run { .. } => true,
            Operation::Execute(sql) => {
                let sql = sql.of(dialect.name()).unwrap_or_default();
                matches!(dialect.role(sql), Role::Alone | Role::Begin)
            }
            other => dialect.stands_alone(other),
        }
    }

    /// Whether a part ends a transaction around it without being asked to: where DDL commits, raw
    /// DDL is no mistake in a script.
    fn commits(&self, at: usize, dialect: &dyn Dialect) -> bool {
        match &self.operations[at] {
            Operation::Run { .. } => false,
            Operation::Execute(sql) => {
                let role = sql.of(dialect.name()).map(|sql| dialect.role(sql));
                role == Some(Role::Alone) && !dialect.features().transactional_ddl
            }
            other => dialect.stands_alone(other),
        }
    }

    /// Whether some parts change rows and others commit by themselves. A value for rows that have none
    /// does no harm a second time.
    pub(super) fn is_mixture(&self, dialect: &dyn Dialect) -> bool {
        let is_about_rows = |at: &usize| match &self.operations[*at] {
            Operation::Insert { .. } => true,
            Operation::Execute(_) => !self.commits(*at, dialect),
            _ => false,
        };
        let all = 0..self.operations.len();
        all.clone().any(|at| is_about_rows(&at)) && all.clone().any(|at| self.commits(at, dialect))
    }

    /// Whether a part commits by itself and nothing but its text says what it does: when it is cut
    /// off, nobody can look whether it was carried out.
    pub(super) fn is_opaque(&self, at: usize, dialect: &dyn Dialect) -> bool {
        matches!(self.operations[at], Operation::Execute(_)) && self.commits(at, dialect)
    }
}

/// Raw SQL, statement by statement. A transaction that it begins and ends itself is one piece.
fn statements(dialect: &dyn Dialect, sql: &str) -> Result<Vec<Operation>, SplitError> {
    let pieces = dialect.split(sql)?;
    let mut operations = Vec::new();
    let mut rest = &pieces[..];
    while let [first, others @ ..] = rest {
        let is_end = |role: Role| role == Role::End;
        let more = match dialect.role(first.sql) {
            Role::Begin => others.iter().position(|it| is_end(dialect.role(it.sql))),
            _ => None,
        };
        let (last, behind) = match more {
            Some(more) => (&others[more], &others[more + 1..]),
            None => (first, others),
        };
        let text = &sql[first.at..last.at + last.sql.len()];
        operations.push(Operation::Execute(Sql::new(text)));
        rest = behind;
    }
    Ok(operations)
}

/// Why an operation would end the transaction that holds the revision, or cannot do its work in
/// one.
fn unfit(session: &Session, operation: &Operation, piecemeal: bool) -> Option<Cause> {
    let dialect = session.dialect;
    match operation {
        Operation::Run { command } if matches!(session.programs, Programs::Refuse) => {
            Some(Cause::ProgramOffline { command: command.join(" ") })
        }
        Operation::Run { command } if !piecemeal => {
            Some(Cause::ProgramInTransaction { command: command.join(" ") })
        }
        Operation::Execute(sql) => {
            let sql = sql.of(dialect.name())?;
            let shown = brief(sql);
            match dialect.role(sql) {
                Role::Plain => None,
                Role::Alone if piecemeal => None,
                Role::Alone => Some(Cause::NeedsNoTransaction { sql: shown }),
                _ if !piecemeal => Some(Cause::ControlsTransaction { sql: shown }),
                Role::Begin if dialect.split(sql).is_ok_and(|pieces| pieces.len() > 1) => None,
                _ => Some(Cause::HalfTransaction { sql: shown }),
            }
        }
        _ => None,
    }
}

/// The first line of a statement, as far as a message can show it.
fn brief(sql: &str) -> String {
    let line = sql.lines().next().unwrap_or_default();
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}...", &line[..end]),
        None => line.to_owned(),
    }
}
