//! What the commands ask of an open database.

use std::collections::BTreeMap;
use std::env;

use anyhow::Result;

use super::standing::{Stopped, standing};

use crate::commands::consent::Consent;
use crate::commands::global::Global;
use crate::dialect::{Access, DbError};
use crate::error::Mistakes;
use crate::graph::{GraphError, Heads, Plan, RevisionGraph, RevisionId};
use crate::project::{Database, Project, ProjectError, now_utc};
use crate::run::{self, LogEntry, RunError, Session};
use crate::script::ScriptFile;

impl Database {
    /// Where the database stands.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn heads(&mut self) -> Result<Heads, DbError> {
        self.history.heads(&*self.dialect, &mut *self.db)
    }

    /// The revision that is half done, if there is one.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn half_done(&mut self) -> Result<Option<LogEntry>, DbError> {
        self.history.half_done(&*self.dialect, &mut *self.db)
    }

    /// A session in which revisions can run.
    pub(super) fn session<'a>(&'a mut self, project: &Project, who: &'a str) -> Session<'a> {
        Session {
            dialect: &*self.dialect,
            db: &mut *self.db,
            history: &self.history,
            transaction: project.options.transaction,
            url: self.url.with_password(),
            who,
            now: &now_utc,
        }
    }
}

/// Locks the database, makes a plan from where it stands then, and carries it out; makes a new
/// plan when someone was faster.
pub(super) fn carry_out(
    global: &Global,
    access: Access,
    consent: &Consent,
    make: impl for<'g> Fn(&'g RevisionGraph, &Heads) -> Result<Plan<'g>, GraphError>,
) -> Result<()> {
    let terminal = global.terminal();
    let project = global.project()?;
    let graph = project.graph()?;
    let mut database = project.connect(access)?;
    database.dialect.prepare(&mut *database.db, project.options.lock_timeout)?;
    let who = who();
    loop {
        let heads = standing(&graph, &mut database)?;
        let plan = make(&graph, &heads)?;
        if plan.steps.is_empty() {
            refuse_half_done(&mut database)?;
        }
        let mut files = read_all(&project, &plan)?;
        consent.require(global, &project, &database, &plan)?;
        warn_of_changed_scripts(global, &project, &graph, &mut database, &plan)?;
        let sources = files.iter().map(|(id, file)| (id.clone(), file.source.clone())).collect();
        let mut session = database.session(&project, &who);
        let outcome = run::carry_out(&mut session, &plan, |step| -> Result<_> {
            let file = match files.remove(&step.revision.id) {
                Some(file) => file,
                None => project.script(step.revision)?,
            };
            terminal.talk(format!("{}", Running(step)));
            Ok(file)
        });
        match outcome.map_err(|error| error.downcast::<RunError>()) {
            Ok(()) => return Ok(()),
            Err(Ok(RunError::Moved { .. })) => {}
            Err(Ok(error)) => {
                return Err(Stopped::new(error, &mut database, &plan, &sources).into());
            }
            Err(Err(error)) => return Err(error),
        }
    }
}

/// The scripts of the plan: nothing runs while one of them is wrong.
fn read_all(project: &Project, plan: &Plan) -> Result<BTreeMap<RevisionId, ScriptFile>> {
    let mut files = BTreeMap::new();
    let mut mistakes = Vec::new();
    for revision in plan.steps.iter().map(|step| step.revision) {
        match project.script(revision) {
            Ok(file) => {
                files.insert(revision.id.clone(), file);
            }
            Err(ProjectError::Mistakes(Mistakes(found))) => mistakes.extend(found),
            Err(error) => return Err(error.into()),
        }
    }
    match mistakes.is_empty() {
        true => Ok(files),
        false => Err(Mistakes(mistakes).into()),
    }
}

/// A revision that is half done is not passed over where there is nothing else to do.
pub(super) fn refuse_half_done(database: &mut Database) -> Result<()> {
    match database.half_done()? {
        None => Ok(()),
        Some(LogEntry { revision, direction, done, operations, .. }) => {
            Err(RunError::HalfDone { revision, direction, done, operations }.into())
        }
    }
}

/// `Running upgrade e517276bb1c2 -> 780739b227a7, posts table`.
struct Running<'a>(&'a crate::graph::Step<'a>);

impl std::fmt::Display for Running<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use crate::terminal::ACTION;
        write!(f, "{ACTION}Running{ACTION:#} {}", self.0)
    }
}

/// Scripts that ran and were changed since: what they say now is not what the database has.
fn warn_of_changed_scripts(
    global: &Global,
    project: &Project,
    graph: &RevisionGraph,
    database: &mut Database,
    plan: &Plan,
) -> Result<()> {
    let ran = database.history.checksums(&*database.dialect, &mut *database.db)?;
    if ran.is_empty() {
        return Ok(());
    }
    let applied = graph.ancestors(&plan.from)?;
    for revision in applied.iter().filter_map(|id| graph.get(id)) {
        let Some(checksum) = ran.get(&revision.id) else { continue };
        let text = project.source(revision)?;
        if crate::script::checksum(&text.text) != *checksum {
            global.terminal().warn(format!(
                "{} was changed after it ran; `db verify` shows how",
                revision.path.display()
            ));
        }
    }
    Ok(())
}

/// Who runs this, and on which machine.
pub(super) fn who() -> String {
    let variable = |names: &[&str]| names.iter().find_map(|name| env::var(name).ok());
    let user = variable(&["USER", "LOGNAME", "USERNAME"]).unwrap_or_else(|| "unknown".to_owned());
    let host = variable(&["HOSTNAME", "COMPUTERNAME"])
        .or_else(|| std::fs::read_to_string("/etc/hostname").ok())
        .unwrap_or_else(|| "unknown".to_owned());
    format!("{user}@{}", host.trim()).chars().take(255).collect()
}
