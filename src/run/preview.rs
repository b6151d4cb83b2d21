//! What a plan would do, found out on a scratch copy of the database.

use crate::dialect::Effects;
use crate::graph::{Plan, Step};
use crate::lint;
use crate::operation::Operation;
use crate::run::execute::before;
use crate::run::job::Job;
use crate::run::{Cause, RunError, Session, program};
use crate::script::{ScriptFile, checksum};

/// What a step would do.
#[derive(Clone, Debug)]
pub struct StepPreview<'a> {
    /// The step.
    pub step: &'a Step<'a>,
    /// The checksum of its script.
    pub checksum: String,
    /// Whether it runs part by part, without a transaction around it.
    pub piecemeal: bool,
    /// Why there is no way back, where its script says so.
    pub irreversible: Option<String>,
    /// What runs, in order.
    pub parts: Vec<PartPreview>,
    /// What must hold in the end, or all of it is taken back.
    pub checks: Vec<String>,
}

/// What an operation, or a statement of raw SQL, would do.
#[derive(Clone, Debug)]
pub struct PartPreview {
    /// The number of its operation in the script, from 1.
    pub number: usize,
    /// What it does, a line each.
    pub lines: Vec<String>,
    /// The statements.
    pub sql: Vec<String>,
    /// What must hold for it to run.
    pub checks: Vec<String>,
    /// The program that it runs, with its arguments.
    pub program: Option<Vec<String>>,
    /// What it means for others.
    pub effects: Effects,
    /// What of the rows it gives up, a line each.
    pub losses: Vec<String>,
    /// Whether the tool knows the way back; of raw SQL only the script says it.
    pub reversible: bool,
}

/// What the steps of `plan` would do in the database of which `session` has a scratch copy. Each
/// runs there, so that the next one sees what it leaves; programs are passed over. `scripts` are
/// those of the steps.
///
/// # Errors
/// Why a step cannot run, or cannot be known without running.
pub fn preview<'p>(
    session: &mut Session,
    plan: &'p Plan,
    scripts: &[ScriptFile],
) -> Result<Vec<StepPreview<'p>>, RunError> {
    let mut previews = Vec::new();
    for (step, script) in plan.steps.iter().zip(scripts) {
        let job = Job::new(session, step, script)?;
        previews.push(of_job(session, &job)?);
    }
    Ok(previews)
}

fn of_job<'p>(session: &mut Session, job: &Job<'p>) -> Result<StepPreview<'p>, RunError> {
    let operations = &job.parts.operations;
    let mut parts = Vec::new();
    for (at, operation) in operations.iter().enumerate() {
        let part = of_operation(session, operation, job.parts.number(at));
        let refused = |cause| RunError::refused(job.step, Some(job.parts.describe(at)), cause);
        parts.push(part.map_err(refused)?);
    }
    let checks = session.dialect.checks(operations).after;
    Ok(StepPreview {
        step: job.step,
        checksum: checksum(&job.source.text),
        piecemeal: job.piecemeal,
        irreversible: job.irreversible.clone(),
        parts,
        checks: checks.into_iter().filter_map(|it| it.refuse).collect(),
    })
}

fn of_operation(
    session: &mut Session,
    operation: &Operation,
    number: usize,
) -> Result<PartPreview, Cause> {
    let Session { dialect, db, programs, .. } = session;
    let statements = match operation {
        Operation::Run { command } => {
            program::run(command, *programs)?;
            Vec::new()
        }
        _ => {
            let before = before(*dialect, *db, operation)?;
            dialect.render(operation, &before)?
        }
    };
    for statement in statements.iter().filter(|it| it.refuse.is_none()) {
        db.execute(&statement.sql)?;
    }
    let effects = dialect.effects(operation, &statements);
    let (changes, checks): (Vec<_>, Vec<_>) =
        statements.into_iter().partition(|it| it.refuse.is_none());
    Ok(PartPreview {
        number,
        lines: operation.describe(),
        sql: changes.into_iter().map(|it| it.sql).collect(),
        checks: checks.into_iter().filter_map(|it| it.refuse).collect(),
        program: match operation {
            Operation::Run { command } => Some(command.clone()),
            _ => None,
        },
        effects,
        losses: lint::losses(operation).iter().map(ToString::to_string).collect(),
        reversible: operation.reverse().is_some(),
    })
}
