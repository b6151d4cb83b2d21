//! Carries out a plan: each step's operations, the heads it leads to and its row of the log.
//!
//! A step runs in one transaction where the database can, so it is applied whole or not at all.
//! A script without a transaction runs operation by operation, each with a row of the log that
//! says how far it came: the next run goes on from there.

mod error;
mod history;

use std::process::Command;
use std::time::Instant;

use crate::dialect::{Connection, DbError, Dialect, Scope, Statement};
use crate::graph::{Direction, Heads, Plan, Stamp, Step};
use crate::operation::{Operation, TableChange};
use crate::schema::Schema;
use crate::script::{Entry, ScriptFile};

pub use error::{Cause, RunError};
pub use history::{History, HistoryError, LogEntry};

/// What one transaction holds, where the database can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transaction {
    /// One revision.
    Revision,
    /// Everything one command runs.
    All,
    /// Nothing: every operation stands for itself.
    None,
}

/// What every step of a run shares.
pub struct Session<'a> {
    /// The database's language.
    pub dialect: &'a dyn Dialect,
    /// The database.
    pub db: &'a mut dyn Connection,
    /// Its history.
    pub history: &'a History,
    /// What one transaction holds.
    pub transaction: Transaction,
    /// The database's address, for programs that a script runs.
    pub url: &'a str,
    /// Who runs this.
    pub who: &'a str,
    /// The time, as RFC 3339 in UTC.
    pub now: &'a dyn Fn() -> String,
}

/// Carries out the steps of `plan` in order. `before` is told of each step and gives its script.
///
/// # Errors
/// `RunError::Moved` when someone else changed the history since the plan was made: nothing of
/// the step ran, and a new plan is wanted. Otherwise what went wrong in a step, and what became
/// of it; the steps before it are done, or undone with it when one transaction holds all.
pub fn carry_out<E: From<RunError>>(
    session: &mut Session,
    plan: &Plan,
    mut before: impl FnMut(&Step) -> Result<ScriptFile, E>,
) -> Result<(), E> {
    let mut open = false;
    let mut heads = plan.from.clone();
    for step in &plan.steps {
        let file = before(step)?;
        let work = Work { step, file: &file, heads: &heads };
        match session.transaction {
            _ if file.script.header.no_transaction => {
                if open {
                    end(session, step)?;
                    open = false;
                }
                piecemeal(session, &work)?;
            }
            Transaction::None => piecemeal(session, &work)?,
            Transaction::Revision => {
                begin(session, step)?;
                whole(session, &work).map_err(|error| abandon(session, error))?;
                end(session, step)?;
            }
            Transaction::All => {
                if !open {
                    begin(session, step)?;
                    open = true;
                }
                whole(session, &work).map_err(|error| abandon(session, error))?;
            }
        }
        step.apply(&mut heads);
    }
    if let Some(last) = plan.steps.last().filter(|_| open) {
        end(session, last)?;
    }
    Ok(())
}

/// A step that is about to run.
#[derive(Clone, Copy)]
struct Work<'a> {
    step: &'a Step<'a>,
    file: &'a ScriptFile,
    /// Where the database should stand before it.
    heads: &'a Heads,
}

/// The whole of a step; the caller's transaction is open.
fn whole(session: &mut Session, work: &Work) -> Result<(), RunError> {
    let step = work.step;
    ready(session, work)?;
    let started = Instant::now();
    let started_at = (session.now)();
    let entries = entries(session, work)?;
    let operations: Vec<Operation> = entries.iter().map(|entry| entry.operation.clone()).collect();
    execute(session.dialect, session.db, &operations).map_err(|(at, cause)| match at {
        Some(at) => RunError::operation(step, at, &operations[at], cause),
        None => RunError::step(step, cause),
    })?;
    let log = LogEntry {
        finished_at: Some((session.now)()),
        duration_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        done: operations.len(),
        ..log_entry(session, work, started_at, operations.len())
    };
    finish(session, step, &log)
}

/// A step operation by operation, each in a transaction of its own together with the row of the
/// log that says so. Begins behind what an earlier run did.
fn piecemeal(session: &mut Session, work: &Work) -> Result<(), RunError> {
    let step = work.step;
    let error = |cause: Cause| RunError::step(step, cause);
    begin(session, step)?;
    ready(session, work).map_err(|error| abandon(session, error))?;
    end(session, step)?;

    let started = Instant::now();
    let entries = entries(session, work)?;
    let half_done = session.history.half_done(session.dialect, session.db);
    let half_done = half_done.map_err(|it| error(it.into()))?;
    let started_at = half_done.as_ref().map_or_else(|| (session.now)(), |it| it.started_at.clone());
    let done = half_done.map_or(0, |it| it.done);
    for (at, entry) in entries.iter().enumerate().skip(done) {
        let place = |cause: Cause| RunError::operation(step, at, &entry.operation, cause);
        if let Operation::Run { command } = &entry.operation {
            run_program(session, command).map_err(place)?;
        }
        let log = LogEntry {
            done: at + 1,
            ..log_entry(session, work, started_at.clone(), entries.len())
        };
        let operations = std::slice::from_ref(&entry.operation);
        begin(session, step)?;
        let outcome = one(session, operations, &log).map_err(place);
        outcome.map_err(|error| abandon(session, error))?;
        end(session, step)?;
    }
    let log = LogEntry {
        finished_at: Some((session.now)()),
        duration_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        done: entries.len(),
        ..log_entry(session, work, started_at, entries.len())
    };
    begin(session, step)?;
    let outcome = session.history.forget_half_done(session.dialect, session.db);
    let outcome = outcome.map_err(|it| error(it.into()));
    let outcome = outcome.and_then(|()| finish(session, step, &log));
    outcome.map_err(|error| abandon(session, error))?;
    end(session, step)
}

/// One operation of a step that runs piecemeal, and how far it came.
fn one(session: &mut Session, operations: &[Operation], log: &LogEntry) -> Result<(), Cause> {
    let is_program = matches!(operations, [Operation::Run { .. }]);
    if !is_program {
        execute(session.dialect, session.db, operations).map_err(|(_, cause)| *cause)?;
    }
    session.history.forget_half_done(session.dialect, session.db)?;
    session.history.record(session.dialect, session.db, log)?;
    Ok(())
}

/// Makes the tables of the history and sees that the database stands where the plan begins.
fn ready(session: &mut Session, work: &Work) -> Result<(), RunError> {
    let step = work.step;
    let error = |cause: Cause| RunError::step(step, cause);
    session.history.ensure(session.dialect, session.db).map_err(|it| error(it.into()))?;
    let found = session.history.heads(session.dialect, session.db);
    let found = found.map_err(|it| error(it.into()))?;
    if found != *work.heads {
        return Err(RunError::Moved { expected: work.heads.clone(), found });
    }
    let half_done = session.history.half_done(session.dialect, session.db);
    match half_done.map_err(|it| error(it.into()))? {
        Some(it)
            if it.revision != step.revision.id || it.direction != step.direction.to_string() =>
        {
            Err(RunError::HalfDone {
                revision: it.revision,
                direction: it.direction,
                done: it.done,
                operations: it.operations,
            })
        }
        _ => Ok(()),
    }
}

/// What the script has for this direction and this dialect.
fn entries<'f>(session: &Session, work: &Work<'f>) -> Result<Vec<&'f Entry>, RunError> {
    let Work { step, file, .. } = *work;
    let header = &file.script.header;
    let name = session.dialect.name();
    if let Some(dialect) = header.dialect.as_ref().filter(|dialect| *dialect != name) {
        let cause = Cause::OtherDialect { script: dialect.clone(), database: name };
        return Err(RunError::step(step, cause));
    }
    let entries = match step.direction {
        Direction::Upgrade => &file.script.upgrade,
        Direction::Downgrade => &file.script.downgrade,
    };
    if let (Direction::Downgrade, Some(why)) = (step.direction, &header.irreversible) {
        let cause = Cause::Irreversible { why: why.clone() };
        return Err(RunError::step(step, cause));
    }
    let meant = |entry: &&Entry| {
        entry.dialects.is_empty() || entry.dialects.iter().any(|dialect| dialect == name)
    };
    Ok(entries.iter().filter(meant).collect())
}

/// Runs `operations` and what must hold around them, within the caller's transaction if there is
/// one. Knows nothing of history.
///
/// # Errors
/// Why it stopped, and at which operation where it was one.
pub fn execute(
    dialect: &dyn Dialect,
    db: &mut dyn Connection,
    operations: &[Operation],
) -> Result<(), (Option<usize>, Box<Cause>)> {
    let checks = dialect.checks(operations);
    execute_all(db, &checks.before).map_err(|cause| (None, Box::new(cause)))?;
    for (at, operation) in operations.iter().enumerate() {
        execute_one(dialect, db, operation).map_err(|cause| (Some(at), Box::new(cause)))?;
    }
    execute_all(db, &checks.after).map_err(|cause| (None, Box::new(cause)))
}

fn execute_one(
    dialect: &dyn Dialect,
    db: &mut dyn Connection,
    operation: &Operation,
) -> Result<(), Cause> {
    if let Operation::Run { command } = operation {
        return Err(Cause::ProgramInTransaction { command: command.join(" ") });
    }
    let before = before(dialect, db, operation)?;
    let statements = dialect.render(operation, &before)?;
    execute_all(db, &statements)
}

/// What `render` must know of the database: the table it may build anew.
///
/// # Errors
/// Whatever the database says.
pub fn before(
    dialect: &dyn Dialect,
    db: &mut dyn Connection,
    operation: &Operation,
) -> Result<Schema, DbError> {
    let Operation::AlterTable { table, changes } = operation else { return Ok(Schema::default()) };
    let index =
        |it: &TableChange| matches!(it, TableChange::AddIndex(_) | TableChange::DropIndex(_));
    if !dialect.features().rebuilds_tables || changes.iter().all(index) {
        return Ok(Schema::default());
    }
    let scope = Scope { tables: Some(vec![table.clone()]), except: Vec::new() };
    dialect.inspect(db, &scope)
}

fn execute_all(db: &mut dyn Connection, statements: &[Statement]) -> Result<(), Cause> {
    for statement in statements {
        match &statement.refuse {
            None => db.execute(&statement.sql)?,
            Some(message) => {
                if let Some(row) = db.query(&statement.sql, &[])?.into_iter().next() {
                    return Err(Cause::Refused { message: message.clone(), row });
                }
            }
        }
    }
    Ok(())
}

fn run_program(session: &Session, command: &[String]) -> Result<(), Cause> {
    let shown = command.join(" ");
    let Some((program, arguments)) = command.split_first() else { return Ok(()) };
    let mut command = Command::new(program);
    // What it says is talk.
    command.args(arguments).env("DATABASE_URL", session.url).stdout(std::io::stderr());
    let status = command.status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Cause::Program { command: shown, outcome: status.to_string() }),
        Err(error) => Err(Cause::Program { command: shown, outcome: error.to_string() }),
    }
}

fn log_entry(session: &Session, work: &Work, started_at: String, operations: usize) -> LogEntry {
    let Work { step, file, .. } = *work;
    LogEntry {
        revision: step.revision.id.clone(),
        direction: step.direction.to_string(),
        checksum: crate::script::checksum(&file.source.text),
        script: file.source.text.to_string(),
        started_at,
        finished_at: None,
        duration_ms: 0,
        done: 0,
        operations,
        tool: concat!("limbeck ", env!("CARGO_PKG_VERSION")).to_owned(),
        applied_by: session.who.to_owned(),
    }
}

/// Writes the heads the step leads to and its row of the log.
fn finish(session: &mut Session, step: &Step, log: &LogEntry) -> Result<(), RunError> {
    let Session { dialect, db, history, .. } = session;
    history
        .write(*dialect, *db, &step.from, &step.to)
        .and_then(|()| history.record(*dialect, *db, log))
        .map_err(|it| RunError::step(step, Cause::from(it)))
}

/// Sets the heads without running anything, as `stamp` does.
///
/// # Errors
/// Whatever the database says; nothing is changed then.
pub fn stamp(session: &mut Session, stamps: &[Stamp]) -> Result<(), RunError> {
    let stamping = |cause: Cause| RunError::Stamp { cause: Box::new(cause) };
    let begin = session.dialect.features().begin;
    if let Some(begin) = begin {
        session.db.execute(begin).map_err(|it| stamping(it.into()))?;
    }
    let outcome = stamp_within(session, stamps);
    let outcome = outcome.map_err(|cause| abandon(session, stamping(cause)));
    outcome?;
    if begin.is_some() {
        session.db.execute("COMMIT").map_err(|it| stamping(it.into()))?;
    }
    Ok(())
}

fn stamp_within(session: &mut Session, stamps: &[Stamp]) -> Result<(), Cause> {
    let Session { dialect, db, history, .. } = session;
    history.ensure(*dialect, *db)?;
    history.forget_half_done(*dialect, *db)?;
    for stamp in stamps {
        history.write(*dialect, *db, &stamp.from, &stamp.to)?;
    }
    Ok(())
}

fn begin(session: &mut Session, step: &Step) -> Result<(), RunError> {
    match session.dialect.features().begin {
        Some(begin) => {
            session.db.execute(begin).map_err(|it| RunError::step(step, Cause::from(it)))
        }
        None => Ok(()),
    }
}

fn end(session: &mut Session, step: &Step) -> Result<(), RunError> {
    if session.dialect.features().begin.is_none() {
        return Ok(());
    }
    session
        .db
        .execute("COMMIT")
        .map_err(|it| abandon(session, RunError::step(step, Cause::from(it))))
}

/// Takes back the open transaction. That the way back fails too is no news beside `error`: a
/// database takes back what was never committed.
fn abandon(session: &mut Session, error: RunError) -> RunError {
    if session.dialect.features().begin.is_some() {
        let _ = session.db.execute("ROLLBACK");
    }
    error
}
