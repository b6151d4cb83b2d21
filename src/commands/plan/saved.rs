//! A plan as an answer and as a file, and whether all is still as it was.

use std::fmt::Write;
use std::path::Path;

use anyhow::Result;
use serde::{Deserialize, Serialize};

use super::PlanError;
use crate::commands::session::who;
use crate::commands::standing::{Stopped, place};
use crate::dialect::{Effects, Scope};
use crate::graph::{
    Acceptance, Anchor, Direction, Heads, Plan, RevisionGraph, RevisionId, Step, Target,
};
use crate::project::{Database, Project, now_utc};
use crate::run::{self, Cause, PartPreview, Programs, RunError, Session, StepPreview, Transaction};
use crate::script;

/// A plan as an answer, and as a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::commands) struct SavedPlan {
    /// The tool that made it.
    tool: String,
    dialect: String,
    direction: String,
    /// Where the database stands before.
    from: Heads,
    /// Where it stands after.
    to: Heads,
    /// The rows of its version table that are rewritten first.
    accepts: Vec<SavedAcceptance>,
    /// The checksum of the schema that the database has before.
    schema: String,
    /// What one transaction holds.
    transaction: String,
    steps: Vec<SavedStep>,
}

/// A revision that is taken for run where its squashed ones have run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedAcceptance {
    revision: RevisionId,
    /// What the row says before.
    in_place_of: RevisionId,
    message: String,
}

/// One revision of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedStep {
    revision: RevisionId,
    from: Vec<RevisionId>,
    to: Vec<RevisionId>,
    message: String,
    /// The checksum of the script.
    checksum: String,
    /// Whether a transaction holds it.
    transaction: bool,
    /// Why there is no way back.
    irreversible: Option<String>,
    operations: Vec<SavedOperation>,
    /// What must hold in the end.
    checks: Vec<String>,
}

/// One operation of a revision, or one statement of raw SQL.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedOperation {
    /// Its number in the script.
    operation: usize,
    does: Vec<String>,
    /// What must hold for it to run.
    checks: Vec<String>,
    sql: Vec<String>,
    program: Option<Vec<String>>,
    lock: Option<String>,
    rewrites: Option<bool>,
    loses: Vec<String>,
    reversible: bool,
}

impl SavedPlan {
    /// Reads the plan in a file.
    pub(in crate::commands) fn read(
        path: &Path,
        direction: Direction,
    ) -> Result<SavedPlan, PlanError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| PlanError::Read { path: path.to_owned(), source })?;
        let saved: SavedPlan = serde_json::from_str(&text)
            .map_err(|source| PlanError::NoPlan { path: path.to_owned(), source })?;
        match saved.direction == direction.to_string() {
            true => Ok(saved),
            false => Err(PlanError::OtherDirection { planned: saved.direction }),
        }
    }

    /// What `plan` would do in the database, tried on a scratch copy of it.
    pub(super) fn of(
        project: &Project,
        graph: &RevisionGraph,
        plan: &Plan,
        direction: Direction,
        database: &mut Database,
    ) -> Result<SavedPlan> {
        let rows = database.heads()?;
        let scripts = project.scripts_of(plan)?;
        let mut scratch = database.dialect.scratch(&mut *database.db)?;
        let scope = Scope { tables: None, except: database.history.tables() };
        let schema = database.dialect.inspect(&mut *database.db, &scope)?;
        let limits = project.limits();
        database.dialect.prepare(&mut *scratch, &limits)?;
        let outcome = run::preview(
            &mut Session {
                dialect: &*database.dialect,
                db: &mut *scratch,
                history: &database.history,
                transaction: project.options.transaction,
                restart: None,
                limits,
                programs: Programs::Skip,
                who: &who(None),
                now: &now_utc,
                tell: &|_| (),
            },
            plan,
            &scripts,
        );
        let steps = match outcome {
            Ok(steps) => steps,
            Err(RunError::Step { revision, operation, cause, .. })
                if matches!(*cause, Cause::Db(_)) =>
            {
                let place = place(&scripts, &revision, &cause);
                return Err(PlanError::Unforeseen { revision, operation, place, cause }.into());
            }
            Err(error) => return Err(Stopped::new(error, database, &scripts).into()),
        };
        Ok(SavedPlan {
            tool: run::TOOL.to_owned(),
            dialect: database.dialect.name().to_owned(),
            direction: direction.to_string(),
            from: plan.from.clone(),
            to: plan.to.clone(),
            accepts: graph.acceptances(&rows).into_iter().map(SavedAcceptance::from).collect(),
            // What it says matters to nobody but the same version of the tool.
            schema: script::checksum(&format!("{schema:?}")),
            transaction: match project.options.transaction {
                Transaction::Revision => "revision",
                Transaction::All => "all",
                Transaction::None => "none",
            }
            .to_owned(),
            steps: steps.into_iter().map(SavedStep::from).collect(),
        })
    }

    /// The steps of this plan in a database that stands at `heads`.
    ///
    /// # Errors
    /// When anything has changed since it was made.
    pub(in crate::commands) fn plan<'g>(
        &self,
        project: &Project,
        graph: &'g RevisionGraph,
        heads: &Heads,
        database: &mut Database,
    ) -> Result<Plan<'g>> {
        let found = database.dialect.name();
        if self.dialect != found {
            return Err(PlanError::OtherDialect { planned: self.dialect.clone(), found }.into());
        }
        let (planned, found) = (self.rows(), database.heads()?);
        if planned != found {
            return Err(PlanError::Heads { planned, found }.into());
        }
        let direction = match self.direction.as_str() {
            "downgrade" => Direction::Downgrade,
            _ => Direction::Upgrade,
        };
        let mut plan = Plan { from: heads.clone(), to: heads.clone(), steps: Vec::new() };
        for step in &self.steps {
            let revision = || step.revision.clone();
            let moved = || PlanError::Revisions { revision: revision() };
            let source = project.source(graph.get(&step.revision).ok_or_else(moved)?)?;
            if script::checksum(&source.text) != step.checksum {
                return Err(PlanError::Script { revision: revision() }.into());
            }
            let next = next(graph, direction, &step.revision, &plan.to).ok_or_else(moved)?;
            next.apply(&mut plan.to);
            plan.steps.push(next);
        }
        let now = SavedPlan::of(project, graph, &plan, direction, database)?;
        match () {
            () if now.schema != self.schema && now.tool == self.tool => {
                Err(PlanError::Schema.into())
            }
            () if now != *self => Err(PlanError::Sql { tool: self.tool.clone() }.into()),
            () => Ok(plan),
        }
    }

    /// What the version table says before.
    fn rows(&self) -> Heads {
        let mut rows = self.from.clone();
        for SavedAcceptance { revision, in_place_of, .. } in &self.accepts {
            rows.remove(revision);
            rows.insert(in_place_of.clone());
        }
        rows
    }

    /// Whether there is nothing to do.
    pub(super) fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.accepts.is_empty()
    }

    /// The plan for a person.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        for SavedAcceptance { revision, in_place_of, message } in &self.accepts {
            let _ = write!(out, "accept {revision} in the place of {in_place_of}");
            end_line(message, &mut out);
        }
        for step in &self.steps {
            if !out.is_empty() {
                out.push('\n');
            }
            step.write(&self.direction, &mut out);
        }
        out
    }
}

/// The step that runs the revision `id`, and no other, in a database that stands at `heads`.
fn next<'g>(
    graph: &'g RevisionGraph,
    direction: Direction,
    id: &str,
    heads: &Heads,
) -> Option<Step<'g>> {
    let target = Target::from(Anchor::Name(id.to_owned()));
    let plan = match direction {
        Direction::Upgrade => graph.plan_upgrade(&target, heads),
        // In its own line, so that what else comes after its parent stays.
        Direction::Downgrade => {
            let target = Target { branch: Some(id.to_owned()), steps: -1, ..target };
            graph.plan_downgrade(&target, heads)
        }
    };
    let mut steps = plan.ok()?.steps.into_iter();
    match (steps.next(), steps.next()) {
        (Some(step), None) if step.revision.id == id => Some(step),
        _ => None,
    }
}

/// Ends a line about a revision with its message, if it has one.
fn end_line(message: &str, out: &mut String) {
    if !message.is_empty() {
        let _ = write!(out, ", {message}");
    }
    out.push('\n');
}

impl From<Acceptance<'_>> for SavedAcceptance {
    fn from(Acceptance { revision, row }: Acceptance) -> SavedAcceptance {
        let (id, message) = (revision.id.clone(), revision.title().to_owned());
        SavedAcceptance { revision: id, in_place_of: row, message }
    }
}

impl From<StepPreview<'_>> for SavedStep {
    fn from(preview: StepPreview) -> SavedStep {
        let revision = preview.step.revision;
        let (id, parents) = (vec![revision.id.clone()], revision.parents.clone());
        let (from, to) = match preview.step.direction {
            Direction::Upgrade => (parents, id),
            Direction::Downgrade => (id, parents),
        };
        SavedStep {
            revision: revision.id.clone(),
            from,
            to,
            message: revision.title().to_owned(),
            checksum: preview.checksum,
            transaction: !preview.piecemeal,
            irreversible: preview.irreversible,
            operations: preview.parts.into_iter().map(SavedOperation::from).collect(),
            checks: preview.checks,
        }
    }
}

impl From<PartPreview> for SavedOperation {
    fn from(part: PartPreview) -> SavedOperation {
        let Effects { lock, rewrites } = part.effects;
        SavedOperation {
            operation: part.number,
            does: part.lines,
            checks: part.checks,
            sql: part.sql,
            program: part.program,
            lock: lock.map(str::to_owned),
            rewrites,
            loses: part.losses,
            reversible: part.reversible,
        }
    }
}

impl SavedStep {
    fn write(&self, direction: &str, out: &mut String) {
        let (from, to) = (self.from.join(", "), self.to.join(", "));
        let _ = write!(out, "{direction} {from} -> {to}");
        end_line(&self.message, out);
        if !self.transaction {
            out.push_str("  part by part, without a transaction\n");
        }
        if let Some(why) = &self.irreversible {
            let _ = writeln!(out, "  no way back: {why}");
        }
        for operation in &self.operations {
            out.push('\n');
            operation.write(self.irreversible.is_none(), out);
        }
        if !self.checks.is_empty() {
            out.push('\n');
        }
        let what = if self.transaction { "" } else { "a part is " };
        for check in &self.checks {
            let _ = writeln!(out, "  {what}taken back if {check}");
        }
    }
}

impl SavedOperation {
    /// `has_way_back` is whether the script has one at all: its operations say nothing of it otherwise.
    fn write(&self, has_way_back: bool, out: &mut String) {
        let _ = writeln!(out, "  {}. {}", self.operation, self.does.join("; "));
        let rows = match self.rewrites {
            Some(true) => "writes every row again",
            Some(false) => "leaves rows where they are",
            None => "changes rows as it says",
        };
        let back = match (&self.loses[..], self.reversible) {
            ([], _) if !has_way_back => String::new(),
            ([], true) => "; can be undone".to_owned(),
            ([], false) => "; undone as the script says".to_owned(),
            (losses, _) => format!("; not to be undone: {}", losses.join("; ")),
        };
        let lock = match (&self.lock, &self.program) {
            (Some(lock), _) => format!("locks {lock}"),
            (None, Some(_)) => "locks what the program locks".to_owned(),
            (None, None) => "locks nothing".to_owned(),
        };
        let _ = writeln!(out, "     {lock}; {rows}{back}");
        for check in &self.checks {
            let _ = writeln!(out, "     refused if {check}");
        }
        for (at, sql) in self.sql.iter().enumerate() {
            if at == 0 {
                out.push('\n');
            }
            let _ = writeln!(out, "       {};", sql.replace('\n', "\n       "));
        }
    }
}
