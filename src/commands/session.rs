//! What the commands ask of an open database.

use std::collections::BTreeMap;
use std::env;

use anyhow::Result;

use super::standing::{Stopped, require_settled, standing};
use crate::commands::consent::Consent;
use crate::commands::global::Global;
use crate::dialect::{Access, DbError, Limits};
use crate::error::Mistakes;
use crate::graph::{GraphError, Heads, Plan, RevisionGraph, RevisionId, Step};
use crate::project::{Database, Project, ProjectError, now_utc, parallel};
use crate::run::{self, LogEntry, RunError, Session, Surroundings};
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

    /// Waits in line with other migrators, and readies the session for work.
    ///
    /// # Errors
    /// When another one holds the database for too long, and whatever the database says.
    pub(super) fn prepare(&mut self, project: &Project) -> Result<(), DbError> {
        self.dialect.prepare(&mut *self.db, &limits(project))
    }
}

/// How long this project waits.
fn limits(project: &Project) -> Limits {
    Limits {
        lock_timeout: project.options.lock_timeout,
        statement_timeout: project.options.statement_timeout,
    }
}

/// Has `work` done in a session in which revisions can run. Statements are told as they run when
/// the person wants to know more.
pub(super) fn within<T>(
    global: &Global,
    project: &Project,
    database: &mut Database,
    work: impl FnOnce(&mut Session) -> Result<T>,
) -> Result<T> {
    let terminal = global.terminal();
    let (url, folder) = project.for_programs(&database.url)?;
    let variables = project.given().variables();
    let who = who();
    let tell = |sql: &str| {
        if terminal.verbose {
            terminal.talk(format!("{sql};"));
        }
    };
    work(&mut Session {
        dialect: &*database.dialect,
        db: &mut *database.db,
        history: &database.history,
        transaction: project.options.transaction,
        limits: limits(project),
        surroundings: Surroundings { folder: &folder, url: &url, variables: &variables },
        who: &who,
        now: &now_utc,
        tell: &tell,
    })
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
    let graph = project.graph_at_heads()?;
    let mut database = project.connect(access)?;
    database.prepare(&project)?;
    loop {
        let heads = standing(&graph, &mut database)?;
        let plan = make(&graph, &heads)?;
        let files = read_all(&project, &plan)?;
        consent.require(global, &project, &database, &plan)?;
        warn_of_changed_scripts(global, &project, &graph, &mut database, &plan)?;
        if plan.steps.is_empty() {
            require_settled(&mut database)?;
            if terminal.verbose {
                terminal.talk("Nothing to do.");
            }
            return Ok(());
        }
        let outcome = within(global, &project, &mut database, |session| {
            let read = |step: &Step| match files.get(&step.revision.id) {
                Some(file) => Ok(file.clone()),
                None => Ok(project.script(step.revision)?),
            };
            let announce = |step: &Step| terminal.talk(format!("{}", Running(step)));
            run::carry_out(session, &plan, read, announce)
        });
        match outcome.map_err(|error| error.downcast::<RunError>()) {
            Ok(()) => return Ok(()),
            Err(Ok(RunError::Moved { .. })) => {}
            Err(Ok(error)) => return Err(Stopped::new(error, &mut database, &files).into()),
            Err(Err(error)) => return Err(error),
        }
    }
}

/// The scripts of the plan: nothing runs while one of them is wrong.
fn read_all(project: &Project, plan: &Plan) -> Result<BTreeMap<RevisionId, ScriptFile>> {
    let mut files = BTreeMap::new();
    let mut mistakes = Vec::new();
    let read = parallel::map(&plan.steps, |step| project.script(step.revision));
    for (step, script) in plan.steps.iter().zip(read) {
        match script {
            Ok(file) => {
                files.insert(step.revision.id.clone(), file);
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
    let applied = applied.iter().filter_map(|id| graph.get(id));
    let ran: Vec<_> = applied.filter_map(|it| Some((it, ran.get(&it.id)?))).collect();
    let changed = parallel::map(&ran, |(revision, checksum)| {
        let source = project.source(revision)?;
        Ok::<_, ProjectError>(crate::script::checksum(&source.text) != **checksum)
    });
    for ((revision, _), changed) in ran.into_iter().zip(changed) {
        if changed? {
            global.terminal().warn(format!(
                "{} was changed after it ran; `db verify` shows how",
                revision.path.display()
            ));
        }
    }
    Ok(())
}

/// Who runs this, and on which machine.
fn who() -> String {
    let variable = |names: &[&str]| names.iter().find_map(|name| env::var(name).ok());
    let user = variable(&["USER", "LOGNAME", "USERNAME"]).unwrap_or_else(|| "unknown".to_owned());
    let host = variable(&["HOSTNAME", "COMPUTERNAME"])
        .or_else(|| std::fs::read_to_string("/etc/hostname").ok())
        .unwrap_or_else(|| "unknown".to_owned());
    format!("{user}@{}", host.trim()).chars().take(255).collect()
}
