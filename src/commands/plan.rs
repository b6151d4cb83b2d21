//! `--plan`: what a command would run in the database as it is, as text and as JSON; and plans that
//! were saved, to be run as they were approved or not at all.

use std::fmt::Write;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde::{Deserialize, Serialize};

use super::new_script::readable;
use super::session::{limits, read_all, who};
use super::standing::{Stopped, place, require_settled, standing, words};
use crate::commands::global::Global;
use crate::dialect::{Access, Effects, Scope};
use crate::error::Place;
use crate::graph::{
    Anchor, Direction, GraphError, Heads, Plan, RevisionGraph, RevisionId, Step, Target,
};
use crate::project::{Database, Project, now_utc};
use crate::run::{self, Cause, PartPreview, Programs, RunError, Session, StepPreview, Transaction};
use crate::script;

/// What commands understand that can say first what they would do.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Planning {
    /// Show what would run, and change nothing
    #[arg(long, visible_alias = "dry-run", conflicts_with = "sql")]
    pub(super) plan: bool,
    /// With --plan: the file in which to keep the plan
    #[arg(long, value_name = "FILE", requires = "plan")]
    save: Option<PathBuf>,
    /// Run a plan that was kept, if all is still as it was
    #[arg(long, value_name = "FILE", conflicts_with_all = ["sql", "plan", "revision"])]
    pub(super) from_plan: Option<PathBuf>,
}

/// A plan as an answer, and as a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SavedPlan {
    /// The tool that made it.
    tool: String,
    dialect: String,
    direction: String,
    /// Where the database stands before.
    from: Heads,
    /// Where it stands after.
    to: Heads,
    /// The checksum of the schema that the database has before.
    schema: String,
    /// What one transaction holds.
    transaction: String,
    steps: Vec<SavedStep>,
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

/// A plan that cannot be made, or is not to be run.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PlanError {
    /// The file cannot be read.
    #[error("cannot read {}", .path.display())]
    Read { path: PathBuf, source: std::io::Error },
    /// The file cannot be written.
    #[error("cannot write {}", .path.display())]
    Write { path: PathBuf, source: anyhow::Error },
    /// The file is something else.
    #[error("{} is no plan", .path.display())]
    NoPlan { path: PathBuf, source: serde_json::Error },
    /// It is a plan of the other command.
    #[error("the plan is one for `db {planned}`")]
    OtherDirection { planned: String },
    /// It was made for another kind of database.
    #[error("the plan is one for {planned}, and this database is {found}")]
    OtherDialect { planned: String, found: &'static str },
    /// The database stands elsewhere.
    #[error("the plan begins at {}, and the database stands at {}", words(.planned), words(.found))]
    Heads { planned: Heads, found: Heads },
    /// The revisions lead elsewhere.
    #[error(
        "the revisions have changed since the plan was made: `{revision}` is not the next step"
    )]
    Revisions { revision: RevisionId },
    /// A script has changed.
    #[error("the script of `{revision}` has changed since the plan was made")]
    Script { revision: RevisionId },
    /// The schema has changed.
    #[error("the schema of the database has changed since the plan was made")]
    Schema,
    /// Something else has changed.
    #[error("other SQL would run than when the plan was made, by {tool}")]
    Sql { tool: String },
    /// An operation cannot be known before it runs.
    #[error("nobody can say what revision `{revision}` does before it runs{}", at(.operation))]
    Unforeseen {
        revision: RevisionId,
        operation: Option<String>,
        place: Option<Place>,
        #[source]
        cause: Box<Cause>,
    },
}

fn at(operation: &Option<String>) -> String {
    operation.as_ref().map(|it| format!(": {it}")).unwrap_or_default()
}

impl PlanError {
    pub(crate) fn place(&self) -> Option<&Place> {
        match self {
            PlanError::Unforeseen { place, .. } => place.as_ref(),
            _ => None,
        }
    }

    pub(crate) fn hint(&self) -> Option<String> {
        let hint = match self {
            PlanError::Read { .. } | PlanError::Write { .. } => {
                "check the path and the rights of its folder"
            }
            PlanError::NoPlan { .. } => "`db upgrade --plan --save FILE` writes one",
            PlanError::OtherDirection { planned } => {
                return Some(format!("run it with `db {planned} --from-plan`"));
            }
            PlanError::OtherDialect { .. } => "`--url` names another database",
            PlanError::Heads { .. }
            | PlanError::Revisions { .. }
            | PlanError::Script { .. }
            | PlanError::Schema
            | PlanError::Sql { .. } => {
                "nothing was run; make the plan again with `--plan --save`, and look at it again"
            }
            PlanError::Unforeseen { .. } => {
                "a plan is tried on a copy of the database without its rows"
            }
        };
        Some(hint.to_owned())
    }
}

/// Shows what the plan that `make` makes would run.
pub(super) fn show(
    global: &Global,
    planning: &Planning,
    direction: Direction,
    make: impl for<'g> Fn(&'g RevisionGraph, &Heads) -> Result<Plan<'g>, GraphError>,
) -> Result<()> {
    let terminal = global.terminal();
    let project = global.project()?;
    let graph = project.graph()?;
    let mut database = project.connect(Access::Look)?;
    let heads = standing(&graph, &mut database)?;
    require_settled(&mut database)?;
    let plan = make(&graph, &heads)?;
    let saved = SavedPlan::of(&project, &plan, direction, &mut database)?;
    let json = serde_json::to_value(&saved)?;
    if let Some(path) = &planning.save {
        write(path, &format!("{json:#}\n"))
            .map_err(|source| PlanError::Write { path: path.clone(), source })?;
    }
    if terminal.json {
        terminal.answer_json(&json)?;
    } else {
        terminal.answer_as_it_is(&saved.text())?;
    }
    if saved.steps.is_empty() {
        terminal.talk("Nothing to do.");
    }
    Ok(())
}

/// Writes a file as a whole or not at all.
fn write(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Said of the folder, and not of a file with a name that nobody knows.
    folder.metadata()?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    readable(&file)?;
    file.persist(path)?;
    Ok(())
}

impl SavedPlan {
    /// Reads the plan in a file.
    pub(super) fn read(path: &Path, direction: Direction) -> Result<SavedPlan, PlanError> {
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
    fn of(
        project: &Project,
        plan: &Plan,
        direction: Direction,
        database: &mut Database,
    ) -> Result<SavedPlan> {
        let files = read_all(project, plan)?;
        let mut scratch = database.dialect.scratch(&mut *database.db)?;
        let scope = Scope { tables: None, except: database.history.tables() };
        let schema = database.dialect.inspect(&mut *database.db, &scope)?;
        let limits = limits(project);
        database.dialect.prepare(&mut *scratch, &limits)?;
        let outcome = run::preview(
            &mut Session {
                dialect: &*database.dialect,
                db: &mut *scratch,
                history: &database.history,
                transaction: project.options.transaction,
                limits,
                programs: Programs::Skip,
                who: &who(None),
                now: &now_utc,
                tell: &|_| (),
            },
            plan,
            |step| match files.get(&step.revision.id) {
                Some(file) => Ok(file.clone()),
                None => project.script(step.revision).map_err(anyhow::Error::from),
            },
        );
        let steps = match outcome.map_err(|error| error.downcast::<RunError>()) {
            Ok(steps) => steps,
            Err(Err(error)) => return Err(error),
            Err(Ok(RunError::Step { revision, operation, cause, .. }))
                if matches!(*cause, Cause::Db(_)) =>
            {
                let file = files.get(&revision);
                let place = file.and_then(|file| place(&file.source, &cause));
                return Err(PlanError::Unforeseen { revision, operation, place, cause }.into());
            }
            Err(Ok(error)) => return Err(Stopped::new(error, database, &files).into()),
        };
        Ok(SavedPlan {
            tool: concat!("limbeck ", env!("CARGO_PKG_VERSION")).to_owned(),
            dialect: database.dialect.name().to_owned(),
            direction: direction.to_string(),
            from: plan.from.clone(),
            to: plan.to.clone(),
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
    pub(super) fn plan<'g>(
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
        if self.from != *heads {
            let (planned, found) = (self.from.clone(), heads.clone());
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
        let now = SavedPlan::of(project, &plan, direction, database)?;
        match () {
            () if now.schema != self.schema && now.tool == self.tool => {
                Err(PlanError::Schema.into())
            }
            () if now != *self => Err(PlanError::Sql { tool: self.tool.clone() }.into()),
            () => Ok(plan),
        }
    }

    fn text(&self) -> String {
        let mut out = String::new();
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
        if !self.message.is_empty() {
            let _ = write!(out, ", {}", self.message);
        }
        out.push('\n');
        if !self.transaction {
            out.push_str("  part by part, without a transaction\n");
        }
        if let Some(why) = &self.irreversible {
            let _ = writeln!(out, "  no way back: {why}");
        }
        for operation in &self.operations {
            out.push('\n');
            operation.write(out);
        }
        if !self.checks.is_empty() {
            out.push('\n');
        }
        for check in &self.checks {
            let _ = writeln!(out, "  taken back if {check}");
        }
    }
}

impl SavedOperation {
    fn write(&self, out: &mut String) {
        let _ = writeln!(out, "  {}. {}", self.operation, self.does.join("; "));
        let rows = match self.rewrites {
            Some(true) => "writes every row again",
            Some(false) => "leaves rows where they are",
            None => "changes rows as it says",
        };
        let back = match (&self.loses[..], self.reversible) {
            ([], true) => "can be undone".to_owned(),
            ([], false) => "undone as the script says".to_owned(),
            (losses, _) => format!("not to be undone: {}", losses.join("; ")),
        };
        let lock = match (&self.lock, &self.program) {
            (Some(lock), _) => format!("locks {lock}"),
            (None, Some(_)) => "locks what the program locks".to_owned(),
            (None, None) => "locks nothing".to_owned(),
        };
        let _ = writeln!(out, "     {lock}; {rows}; {back}");
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
