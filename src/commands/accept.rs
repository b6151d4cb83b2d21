//! Databases that have run what a revision replaces.

use anyhow::Result;

use super::session;
use crate::commands::global::Global;
use crate::graph::{Revision, RevisionGraph};
use crate::project::{Database, Project};
use crate::run::{self, RunError};
use crate::terminal::ACTION;

/// Lets a database that has run all that a revision replaces stand at that revision, and says so.
/// Gives `false` when someone else changed the history meanwhile.
///
/// # Errors
/// `GraphError::Inside`, and whatever the database says.
pub(super) fn accept(
    global: &Global,
    project: &Project,
    graph: &RevisionGraph,
    database: &mut Database,
) -> Result<bool> {
    let from = database.heads()?;
    let acceptances = graph.acceptances(&from);
    if acceptances.is_empty() {
        return Ok(true);
    }
    let to = graph.accepted(&from)?;
    let revisions: Vec<&Revision> = acceptances.iter().map(|it| it.revision).collect();
    let files = project.scripts(&revisions)?;
    let outcome = session::within(global, project, database, None, None, |session| {
        Ok(run::accept(session, &from, &to, &files))
    })?;
    match outcome {
        Ok(()) => {}
        Err(RunError::Moved { .. }) => return Ok(false),
        Err(error) => return Err(error.into()),
    }
    for acceptance in acceptances {
        global.terminal().talk(format!("{ACTION}Accepting{ACTION:#} {acceptance}"));
    }
    Ok(true)
}
