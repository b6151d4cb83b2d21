//! `--plan`: what a command would run in the database as it is, as text and as JSON; and plans that
//! were saved, to be run as they were approved or not at all.

mod saved;

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::standing::{require_begun_is_there, standing};
use crate::commands::global::Global;
use crate::dialect::Access;
use crate::error::Place;
use crate::graph::{Direction, Heads, RevisionId, Target, in_words};
use crate::project::replace::replace;
use crate::run::Cause;

pub(super) use saved::SavedPlan;

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

/// A plan that cannot be made, or is not to be run.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PlanError {
    /// The file cannot be read.
    #[error("cannot read `{}`", .path.display())]
    Read { path: PathBuf, source: std::io::Error },
    /// The file cannot be written.
    #[error("cannot write `{}`", .path.display())]
    Write { path: PathBuf, source: anyhow::Error },
    /// The file is something else.
    #[error("`{}` is no plan", .path.display())]
    NoPlan { path: PathBuf, source: serde_json::Error },
    /// It is a plan of the other command.
    #[error("the plan is one for `db {planned}`")]
    OtherDirection { planned: String },
    /// It was made for another kind of database.
    #[error("the plan is one for {planned}, and this database is {found}")]
    OtherDialect { planned: String, found: &'static str },
    /// The database stands elsewhere.
    #[error("the plan begins at {}, and the database stands at {}", in_words(.planned), in_words(.found))]
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
    pub(crate) fn places(&self) -> &[Place] {
        match self {
            PlanError::Unforeseen { place, .. } => place.as_slice(),
            _ => &[],
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

/// Shows what would run to lead the database to `target`.
pub(super) fn show(
    global: &Global,
    planning: &Planning,
    direction: Direction,
    target: &Target,
) -> Result<()> {
    let terminal = global.terminal();
    let project = global.project()?;
    let graph = project.graph_at_heads()?;
    let mut database = project.connect(Access::Look)?;
    require_begun_is_there(&graph, &mut database)?;
    let heads = standing(&graph, &mut database)?;
    database.require_settled()?;
    let plan = graph.plan(direction, target, &heads)?;
    let saved = SavedPlan::of(&project, &graph, &plan, direction, &mut database)?;
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
    if saved.is_empty() {
        terminal.talk("Nothing to do.");
    }
    Ok(())
}

/// Writes a file as a whole or not at all.
fn write(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Said of the folder, and not of a file with a name that nobody knows.
    folder.metadata()?;
    Ok(replace(path, text)?)
}
