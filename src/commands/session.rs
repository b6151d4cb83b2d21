//! What the commands ask of an open database.

use std::collections::BTreeMap;
use std::env;

use anyhow::Result;
use serde_json::{Value, json};

use super::accept::accept;
use super::standing::{Stopped, require_begun_is_there, require_settled, standing};
use crate::commands::consent::Consent;
use crate::commands::global::Global;
use crate::dialect::{Access, DbError, Limits};
use crate::error::Mistakes;
use crate::graph::{Direction, Heads, Plan, Revision, RevisionGraph, RevisionId, Step};
use crate::project::{Database, Project, ProjectError, Stopwatch, now_utc, parallel};
use crate::run::{self, LogEntry, Programs, RunError, Session, Surroundings};
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
pub(super) fn limits(project: &Project) -> Limits {
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
    tag: Option<&str>,
    work: impl FnOnce(&mut Session) -> Result<T>,
) -> Result<T> {
    let terminal = global.terminal();
    let (url, folder) = project.for_programs(&database.url)?;
    let variables = project.given().variables();
    let who = who(tag);
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
        programs: Programs::Run(Surroundings { folder: &folder, url: &url, variables: &variables }),
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
    tag: Option<&str>,
    make: impl for<'g> Fn(&Project, &'g RevisionGraph, &Heads, &mut Database) -> Result<Plan<'g>>,
) -> Result<()> {
    let terminal = global.terminal();
    let project = global.project()?;
    let graph = project.graph_at_heads()?;
    let mut database = project.connect(access)?;
    database.prepare(&project)?;
    loop {
        require_begun_is_there(&graph, &mut database)?;
        let heads = standing(&graph, &mut database)?;
        let plan = make(&project, &graph, &heads, &mut database)?;
        let files = read_all(&project, &plan)?;
        consent.require(global, &project, &database, &plan)?;
        warn_of_changed_scripts(global, &project, &graph, &mut database, &plan)?;
        if !accept(global, &project, &graph, &mut database)? {
            continue;
        }
        if plan.steps.is_empty() {
            require_settled(&mut database)?;
            if terminal.verbose {
                terminal.talk("Nothing to do.");
            }
            return answer(global, &Ran::default());
        }
        let mut ran = Ran::default();
        let outcome = within(global, &project, &mut database, tag, |session| {
            let read = |step: &Step| match files.get(&step.revision.id) {
                Some(file) => Ok(file.clone()),
                None => Ok(project.script(step.revision)?),
            };
            let announce = |step: &Step| {
                terminal.talk(format!("{}", Running(step)));
                ran.begin(step);
            };
            run::carry_out(session, &plan, read, announce)
        });
        match outcome.map_err(|error| error.downcast::<RunError>()) {
            Ok(()) => {
                ran.end();
                return answer(global, &ran);
            }
            Err(Ok(RunError::Moved { .. })) => {}
            Err(Ok(error)) => return Err(Stopped::new(error, &mut database, &files).into()),
            Err(Err(error)) => return Err(error),
        }
    }
}

/// What has run, for programs.
#[derive(Default)]
struct Ran {
    steps: Vec<Value>,
    clock: Option<Stopwatch>,
}

impl Ran {
    /// One step more, which begins now; the one before it has ended.
    fn begin(&mut self, step: &Step) {
        self.end();
        let Revision { id, parents, .. } = step.revision;
        let (from, to) = match step.direction {
            Direction::Upgrade => (parents.as_slice(), std::slice::from_ref(id)),
            Direction::Downgrade => (std::slice::from_ref(id), parents.as_slice()),
        };
        self.steps.push(json!({
            "revision": id,
            "direction": step.direction.to_string(),
            "from": from,
            "to": to,
            "duration_ms": null,
        }));
        self.clock = Some(Stopwatch::start());
    }

    /// The last step has ended.
    fn end(&mut self) {
        if let (Some(step), Some(clock)) = (self.steps.last_mut(), self.clock.take()) {
            step["duration_ms"] = clock.milliseconds().into();
        }
    }
}

/// Says to a program what has run.
fn answer(global: &Global, ran: &Ran) -> Result<()> {
    let terminal = global.terminal();
    if terminal.json {
        terminal.answer_json(&Value::Array(ran.steps.clone()))?;
    }
    Ok(())
}

/// The scripts of the plan: nothing runs while one of them is wrong.
pub(super) fn read_all(project: &Project, plan: &Plan) -> Result<BTreeMap<RevisionId, ScriptFile>> {
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

/// Who runs this, on which machine, and what for.
pub(super) fn who(tag: Option<&str>) -> String {
    let variable = |names: &[&str]| names.iter().find_map(|name| env::var(name).ok());
    let user = variable(&["USER", "LOGNAME", "USERNAME"]).unwrap_or_else(|| "unknown".to_owned());
    let host = variable(&["HOSTNAME", "COMPUTERNAME"])
        .or_else(|| std::fs::read_to_string("/etc/hostname").ok())
        .unwrap_or_else(|| "unknown".to_owned());
    let tag = tag.map(|tag| format!(": {tag}")).unwrap_or_default();
    format!("{user}@{}{tag}", host.trim()).chars().take(255).collect()
}
