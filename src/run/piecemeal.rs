//! A step that no transaction can hold as a whole.
//!
//! Each part has a row of the log that says so, in the same transaction where there is one. Where DDL
//! commits by itself, a row stands there before the first part, and one that a run has left without the
//! time it took says that it was cut off: then the next one looks what is `left`.

use std::cell::Cell;

use crate::dialect::DbError;
use crate::operation::Operation;
use crate::run::job::Job;
use crate::run::{
    Cause, LogEntry, Run, RunError, Session, Start, Told, execute, execute_one, left, program,
};

impl Run<'_, '_> {
    /// A step part by part, each in a transaction of its own together with the row of the log
    /// that says so, where it can be in one. Begins behind what an earlier run did.
    pub(super) fn piecemeal(&mut self, job: &Job) -> Result<(), RunError> {
        self.begin().map_err(|it| self.failed(job, None, it.into()))?;
        let half_done = self.ready(job)?;
        let done = self.done(job, half_done.as_ref())?;
        let start = self.start(half_done.as_ref());
        if self.commits_by_itself() {
            let noted = self.note_begin(job, &start, done, half_done.is_some());
            noted.map_err(|it| self.failed(job, None, it.into()))?;
        }
        self.commit().map_err(|it| self.failed(job, None, it.into()))?;

        (self.announce)(job.step);
        self.warn_of_mixture(job);
        let mut in_doubt = half_done.is_some() && self.session.restart.is_none();
        for at in done..job.parts.operations.len() {
            let outcome = self.part(job, at, &start, in_doubt);
            outcome.map_err(|cause| self.stopped(job, at, Some(at), cause))?;
            in_doubt = false;
        }
        let all = job.parts.operations.len();
        let mut finish = || -> Result<(), Cause> {
            self.begin()?;
            self.finish(job, start.clone(), true)?;
            self.commit()?;
            // The script may have changed settings of the session.
            Ok(self.session.dialect.prepare(self.session.db, &self.session.limits)?)
        };
        let outcome = finish();
        if let Err(cause) = &outcome {
            self.note_failure(job, all, &start, (cause, 0));
        }
        outcome.map_err(|cause| self.stopped(job, all, None, cause))
    }

    /// Says it where rows and the schema change in one revision and cannot do so as a whole.
    fn warn_of_mixture(&self, job: &Job) {
        if self.commits_by_itself() && job.parts.is_mixture(self.session.dialect) {
            let id = &job.step.revision.id;
            let title = self.session.dialect.title();
            (self.session.tell)(Told::Warning(&format!(
                "revision `{id}` changes rows and the schema: {title} commits each by itself, so one that fails leaves some of both"
            )));
        }
    }

    /// One part of a step that runs piecemeal, and how far it came. Where it is `in_doubt` whether an
    /// earlier run has carried it out, or some of it, only the rest runs.
    fn part(&mut self, job: &Job, at: usize, start: &Start, in_doubt: bool) -> Result<(), Cause> {
        let alone = job.parts.is_alone(at, self.session.dialect);
        let begun = Cell::new(0);
        let outcome = self.alone(job, at, in_doubt, &begun);
        if let Err(cause) = &outcome {
            self.note_failure(job, at, start, (cause, begun.get()));
        }
        outcome?;
        if alone && self.commits_by_itself() {
            // The end of the step, which follows, says it of the last one.
            let is_last = at + 1 == job.parts.operations.len();
            return if is_last { Ok(()) } else { Ok(self.note(job, at + 1, start)?) };
        }
        self.begin()?;
        if !alone {
            let Session { dialect, db, tell, .. } = self.session;
            let operations = std::slice::from_ref(&job.parts.operations[at]);
            execute(*dialect, *db, operations, *tell).map_err(|(_, cause)| cause)?;
        }
        self.note(job, at + 1, start)?;
        Ok(self.commit()?)
    }

    /// Carries out a part that cannot be in a transaction, if it is one; counts in `begun` its
    /// statements as they begin.
    fn alone(
        &mut self,
        job: &Job,
        at: usize,
        in_doubt: bool,
        begun: &Cell<usize>,
    ) -> Result<(), Cause> {
        let Session { dialect, db, tell, programs, .. } = self.session;
        if let Operation::Run { command } = &job.parts.operations[at] {
            program::run(command, *programs)?;
            db.follow(&job.parts.operations[at]);
            return Ok(());
        }
        if !job.parts.is_alone(at, *dialect) {
            return Ok(());
        }
        let operation = &job.parts.operations[at];
        let rest = match in_doubt && !dialect.features().transactional_ddl {
            true => left::left(*dialect, *db, operation)?,
            false => Some(operation.clone()),
        };
        let Some(rest) = rest else { return Ok(()) };
        let heard = |told: Told| {
            begun.set(begun.get() + usize::from(matches!(told, Told::Statement(_))));
            tell(told);
        };
        execute_one(*dialect, *db, &rest, &heard)
    }

    /// Writes into the log that the step runs, as its script is now, and that so many parts are done:
    /// whoever finds a row without the time that it took looks what is done of the next one.
    fn note_begin(
        &mut self,
        job: &Job,
        start: &Start,
        done: usize,
        was_half_done: bool,
    ) -> Result<(), DbError> {
        let entry = LogEntry { done, ..self.log_entry(job, start.at.clone()) };
        let Session { dialect, db, history, .. } = self.session;
        if was_half_done {
            history.forget_half_done(*dialect, *db)?;
        }
        history.record(*dialect, *db, &entry)
    }

    /// Writes into the log that so many parts are done.
    fn note(&mut self, job: &Job, done: usize, start: &Start) -> Result<(), DbError> {
        let entry = LogEntry { done, ..self.log_entry(job, start.at.clone()) };
        let commits_by_itself = self.commits_by_itself();
        let Session { dialect, db, history, .. } = self.session;
        if commits_by_itself {
            return history.advance(*dialect, *db, &entry);
        }
        history.forget_half_done(*dialect, *db)?;
        history.record(*dialect, *db, &entry)
    }

    /// Writes into the log that a run which was not cut off ended in a part, `begun` of whose statements
    /// had begun, with the time it took: without it, nobody knows whether that part was carried out.
    /// Nothing is left of a step of which nothing is done. If it cannot be written, the next run looks.
    fn note_failure(
        &mut self,
        job: &Job,
        at: usize,
        start: &Start,
        (cause, begun): (&Cause, usize),
    ) {
        if !self.commits_by_itself() || cause.leaves_doubt() {
            return;
        }
        let is_untouched = at == 0 && begun <= 1;
        let entry = LogEntry {
            done: at,
            duration_ms: start.milliseconds().max(1),
            ..self.log_entry(job, start.at.clone())
        };
        // The part may have been in a transaction.
        self.roll_back();
        let Session { dialect, db, history, .. } = self.session;
        let _ = match is_untouched {
            true => history.forget_half_done(*dialect, *db),
            false => history.advance(*dialect, *db, &entry),
        };
    }

    /// Whether DDL commits what went before, and itself.
    pub(super) fn commits_by_itself(&self) -> bool {
        !self.session.dialect.features().transactional_ddl
    }
}
