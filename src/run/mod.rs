//! Carries out a plan: each step's operations, the heads it leads to and its row of the log.
//!
//! A step runs in one transaction where the database can, so it is applied whole or not at all.
//! A script without a transaction runs part by part, each with a row of the log that says how far
//! it came: the next run goes on from there. Nothing runs before every script of the plan was
//! read and found fit to run.
//!
//! What is written down for another client runs the same way, on a [`Printer`] with a [`PaperHistory`]
//! in the place of the history.

mod accept;
mod apart;
mod error;
mod execute;
mod history;
mod job;
mod ledger;
mod left;
mod offline;
mod piecemeal;
mod preview;
mod program;
mod stamp;

use std::time::Instant;

use crate::dialect::{Connection, DbError, Dialect, Limits};
use crate::graph::{Heads, Plan, Step};
use crate::script::ScriptFile;

use job::Job;

pub use accept::{accept, acceptance};
pub use error::{Cause, Outcome, RunError};
pub use execute::{Told, before, execute, execute_one};
pub use history::{History, HistoryError, LogEntry};
pub use ledger::Ledger;
pub use offline::{Acceptable, PaperHistory, Printer, Sheet, Tables};
pub use preview::{PartPreview, StepPreview, preview};
pub use program::Programs;
pub use stamp::stamp;

/// The tool and its version, as the log, plans and scripts name it.
pub const TOOL: &str = concat!("limbeck ", env!("CARGO_PKG_VERSION"));

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
    /// The database, which the dialect has prepared.
    pub db: &'a mut dyn Connection,
    /// Its history.
    pub history: &'a dyn Ledger,
    /// What one transaction holds.
    pub transaction: Transaction,
    /// The part, from 1, with which a revision that is half done goes on, where a person says so.
    pub restart: Option<usize>,
    /// How long to wait.
    pub limits: Limits,
    /// What becomes of programs that a script runs.
    pub programs: Programs<'a>,
    /// Who runs this.
    pub who: &'a str,
    /// The time, as RFC 3339 in UTC.
    pub now: &'a dyn Fn() -> String,
    /// Hears the statements of scripts as they run, and what the database has to say about them.
    pub tell: &'a dyn Fn(Told),
}

/// Carries out the steps of `plan` in order. `scripts` are those of its steps, `announce` is told
/// of each step that begins.
///
/// # Errors
/// `RunError::Moved` when someone else changed the history since the plan was made: nothing of
/// the step ran, and a new plan is wanted. Otherwise what went wrong in a step, and what became
/// of it.
pub fn carry_out(
    session: &mut Session,
    plan: &Plan,
    scripts: &[ScriptFile],
    mut announce: impl FnMut(&Step),
) -> Result<(), RunError> {
    let steps = plan.steps.iter().zip(scripts);
    let jobs = steps.map(|(step, script)| Job::new(session, step, script));
    let jobs = jobs.collect::<Result<Vec<Job>, RunError>>()?;
    let mut run = Run {
        session,
        heads: plan.from.clone(),
        held: 0,
        is_first: true,
        opened: None,
        announce: &mut announce,
    };
    if let Some(first) = jobs.first() {
        run.open(first)?;
    }
    for job in &jobs {
        run.job(job)?;
    }
    if let Some(last) = jobs.last() {
        run.close(last)?;
    }
    Ok(())
}

/// Refuses a database that a revision has left half done.
///
/// # Errors
/// `RunError::HalfDone`, and whatever the database says.
pub fn require_settled(
    dialect: &dyn Dialect,
    db: &mut dyn Connection,
    history: &History,
) -> Result<(), RunError> {
    let half_done = history.half_done(dialect, db);
    match half_done.map_err(|it| RunError::Stamp { cause: Box::new(it.into()) })? {
        Some(entry) => Err(half_done_error(entry)),
        None => Ok(()),
    }
}

/// Refuses a database in which there is nothing to go on with.
///
/// # Errors
/// `RunError::NothingHalfDone`, and whatever the database says.
pub fn require_half_done(
    dialect: &dyn Dialect,
    db: &mut dyn Connection,
    history: &History,
) -> Result<(), RunError> {
    let half_done = history.half_done(dialect, db);
    match half_done.map_err(|it| RunError::Stamp { cause: Box::new(it.into()) })? {
        Some(_) => Ok(()),
        None => Err(RunError::NothingHalfDone),
    }
}

fn half_done_error(entry: LogEntry) -> RunError {
    RunError::HalfDone {
        revision: entry.revision,
        direction: entry.direction,
        done: entry.done,
        operations: entry.operations,
    }
}

/// A plan that is being carried out.
struct Run<'r, 's> {
    session: &'r mut Session<'s>,
    /// Where the database should stand.
    heads: Heads,
    /// How many steps the open transaction holds; 0 is no transaction.
    held: usize,
    /// Whether no step has begun yet.
    is_first: bool,
    /// What of a half-done revision the log said where it was opened before the first step.
    opened: Option<Option<LogEntry>>,
    announce: &'r mut dyn FnMut(&Step),
}

/// When a step began, for its row of the log.
#[derive(Clone)]
struct Start {
    at: String,
    clock: Instant,
}

impl Start {
    fn milliseconds(&self) -> u64 {
        u64::try_from(self.clock.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

impl Run<'_, '_> {
    fn job(&mut self, job: &Job) -> Result<(), RunError> {
        if job.piecemeal {
            self.close(job)?;
            self.piecemeal(job)?;
        } else {
            if self.held == 0 {
                self.begin().map_err(|it| self.failed(job, None, it.into()))?;
            }
            self.held += 1;
            self.whole(job)?;
            if self.session.transaction != Transaction::All {
                self.close(job)?;
            }
        }
        job.step.apply(&mut self.heads);
        Ok(())
    }

    /// Makes the tables of the history where that would end the transaction of a step.
    fn open(&mut self, first: &Job) -> Result<(), RunError> {
        let Session { dialect, db, history, .. } = self.session;
        if !dialect.features().transactional_ddl {
            let opened = history.open(*dialect, *db);
            self.opened = Some(opened.map_err(|it| self.failed(first, None, it.into()))?);
        }
        Ok(())
    }

    /// The whole of a step within the open transaction.
    fn whole(&mut self, job: &Job) -> Result<(), RunError> {
        let half_done = self.ready(job)?;
        let done = self.done(job, half_done.as_ref())?;
        let start = self.start(half_done.as_ref());
        (self.announce)(job.step);
        let Session { dialect, db, tell, .. } = self.session;
        let outcome = execute(*dialect, *db, &job.parts.operations[done..], *tell);
        outcome.map_err(|(at, cause)| self.failed(job, at.map(|at| done + at), cause))?;
        let finished = self.finish(job, start, half_done.is_some());
        finished.map_err(|it| self.failed(job, None, it.into()))
    }

    /// Makes the tables of the history, sees that the database stands where the plan goes on, and
    /// gives the row of the log when this step is half done: only the first one can be, as the
    /// steps before another one were done here. The caller's transaction is open.
    fn ready(&mut self, job: &Job) -> Result<Option<LogEntry>, RunError> {
        let opened = self.opened.take();
        let Session { dialect, db, history, .. } = self.session;
        let is_first = self.is_first && opened.is_none();
        let mut look = || -> Result<_, Cause> {
            let mut half_done = opened.clone().flatten();
            if is_first {
                half_done = history.open(*dialect, *db)?;
            }
            Ok((history.rows(*dialect, *db)?, half_done))
        };
        let seen = look();
        let (found, half_done) = seen.map_err(|cause| self.failed(job, None, cause))?;
        self.is_first = false;
        if found != self.heads {
            self.roll_back();
            return Err(RunError::Moved { expected: self.heads.clone(), found });
        }
        let step = job.step;
        match half_done {
            Some(it)
                if it.revision != step.revision.id
                    || it.direction != step.direction.to_string() =>
            {
                self.roll_back();
                Err(half_done_error(it))
            }
            half_done => Ok(half_done),
        }
    }

    /// How many parts an earlier run did, or a person says are done.
    fn done(&mut self, job: &Job, half_done: Option<&LogEntry>) -> Result<usize, RunError> {
        let done = match (half_done, self.session.restart) {
            (None, _) => Ok(0),
            (Some(_), Some(restart)) => job.restart(restart),
            (Some(entry), None) => job.done(self.session.dialect, entry),
        };
        done.inspect_err(|_| self.roll_back())
    }

    /// Writes the heads the step leads to and its row of the log.
    fn finish(&mut self, job: &Job, start: Start, was_half_done: bool) -> Result<(), DbError> {
        let entry = LogEntry {
            finished_at: Some((self.session.now)()),
            duration_ms: start.milliseconds(),
            done: job.parts.operations.len(),
            ..self.log_entry(job, start.at)
        };
        let advances = was_half_done && self.commits_by_itself();
        let Session { dialect, db, history, .. } = self.session;
        if was_half_done && !advances {
            history.forget_half_done(*dialect, *db)?;
        }
        history.write(*dialect, *db, &job.step.from, &job.step.to)?;
        match advances {
            true => history.advance(*dialect, *db, &entry),
            false => history.record(*dialect, *db, &entry),
        }
    }

    fn start(&self, half_done: Option<&LogEntry>) -> Start {
        let at = half_done.map_or_else(|| (self.session.now)(), |it| it.started_at.clone());
        Start { at, clock: Instant::now() }
    }

    fn log_entry(&self, job: &Job, started_at: String) -> LogEntry {
        LogEntry {
            revision: job.step.revision.id.clone(),
            direction: job.step.direction.to_string(),
            checksum: crate::script::checksum(&job.source.text),
            script: job.source.text.to_string(),
            started_at,
            finished_at: None,
            duration_ms: 0,
            done: 0,
            operations: job.parts.operations.len(),
            tool: TOOL.to_owned(),
            applied_by: self.session.who.to_owned(),
        }
    }

    fn begin(&mut self) -> Result<(), DbError> {
        match self.session.dialect.features().begin {
            Some(begin) => self.session.db.execute(begin),
            None => Ok(()),
        }
    }

    fn commit(&mut self) -> Result<(), DbError> {
        match self.session.dialect.features().begin {
            Some(_) => self.session.db.execute("COMMIT"),
            None => Ok(()),
        }
    }

    /// Ends the open transaction, if there is one; `job` is the last in it.
    fn close(&mut self, job: &Job) -> Result<(), RunError> {
        if self.held > 0 {
            self.commit().map_err(|it| self.failed(job, None, it.into()))?;
            self.held = 0;
        }
        Ok(())
    }

    /// Takes back the open transaction. That the way back fails too is no news beside the error
    /// that led here: a database takes back what was never committed.
    fn roll_back(&mut self) {
        if self.session.dialect.features().begin.is_some() {
            let _ = self.session.db.execute("ROLLBACK");
        }
    }

    /// The error of a step that leaves nothing behind, because its transaction is taken back.
    fn failed(&mut self, job: &Job, at: Option<usize>, cause: Cause) -> RunError {
        self.roll_back();
        let outcome = Outcome::TakenBack { others: self.held.saturating_sub(1) };
        RunError::step(job.step, at.map(|at| job.parts.describe(at)), outcome, cause)
    }

    /// The error of a step that keeps the parts it has `done`.
    fn stopped(&mut self, job: &Job, done: usize, at: Option<usize>, cause: Cause) -> RunError {
        self.roll_back();
        let outcome = Outcome::HalfDone { done, operations: job.parts.operations.len() };
        RunError::step(job.step, at.map(|at| job.parts.describe(at)), outcome, cause)
    }
}
