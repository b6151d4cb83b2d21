//! What `upgrade` and `downgrade` do: one and the same thing, each in its direction.

use std::process::ExitCode;

use anyhow::Result;
use serde_json::{Value, json};

use super::accept::accept;
use super::baseline::require_empty;
use super::offline::{self, Offline};
use super::plan::{self, Planning, SavedPlan};
use super::session::within;
use super::standing::{Stopped, require_begun_is_there, standing};
use super::way::{Range, Way};
use crate::commands::consent::Consent;
use crate::commands::global::Global;
use crate::dialect::Access;
use crate::graph::{Direction, Heads, Plan, Revision, RevisionGraph, Step};
use crate::parallel;
use crate::project::{Database, Project, ProjectError, Stopwatch};
use crate::run::{self, RunError};
use crate::terminal::{ACTION, Terminal};

/// What both understand beside the place to go to.
#[derive(Debug, clap::Args)]
pub(super) struct Running {
    #[command(flatten)]
    offline: Offline,
    #[command(flatten)]
    planning: Planning,
    /// A note for the log, behind the name of who runs it, and for the top of a script
    #[arg(long, value_name = "TEXT")]
    tag: Option<String>,
    /// Go on with a half-done revision at its part N, whatever the log says; without N, at its first
    #[arg(long, value_name = "N", num_args = 0..=1, require_equals = true, default_missing_value = "1", conflicts_with_all = ["sql", "plan", "from_plan"])]
    restart: Option<usize>,
    #[command(flatten)]
    consent: Consent,
}

impl Running {
    /// The range in `way` where nothing but a script could take one.
    pub(super) fn range_without_sql<'a>(&self, way: &'a Way) -> Option<&'a Range> {
        self.offline.misplaced(std::slice::from_ref(way))
    }

    /// Leads the database that way, or says what would.
    /// `beside` says that what is there already, and nobody knows of, is none of its business.
    pub(super) fn go(
        &self,
        global: &Global,
        direction: Direction,
        way: &Way,
        beside: bool,
    ) -> Result<ExitCode> {
        let Running { offline, planning, tag, restart, consent } = self;
        let tag = tag.as_deref();
        let access = match direction {
            Direction::Upgrade => Access::Create,
            Direction::Downgrade => Access::Change,
        };
        if offline.sql {
            offline::print(global, offline, tag, direction, way)?;
        } else if let Some(path) = &planning.from_plan {
            let saved = SavedPlan::read(path, direction)?;
            carry_out(
                global,
                access,
                consent,
                tag,
                *restart,
                |project, graph, heads, database| {
                    begins(direction, beside, heads, database)?;
                    saved.plan(project, graph, heads, database)
                },
            )?;
        } else if planning.plan {
            plan::show(global, planning, direction, way.target()?)?;
        } else {
            let target = way.target()?;
            carry_out(global, access, consent, tag, *restart, |_, graph, heads, database| {
                let plan = graph.plan(direction, target, heads)?;
                if !plan.steps.is_empty() {
                    begins(direction, beside, heads, database)?;
                }
                Ok(plan)
            })?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Refuses a database in which somebody has begun without a history, unless a run is meant `beside`
/// that.
fn begins(
    direction: Direction,
    beside: bool,
    heads: &Heads,
    database: &mut Database,
) -> Result<()> {
    match direction == Direction::Upgrade && heads.is_empty() && !beside {
        true => require_empty(database),
        false => Ok(()),
    }
}

/// Locks the database, makes a plan from where it stands then, and carries it out; makes a new
/// plan when someone was faster. Nothing runs while one of the scripts is wrong.
fn carry_out(
    global: &Global,
    access: Access,
    consent: &Consent,
    tag: Option<&str>,
    restart: Option<usize>,
    make: impl for<'g> Fn(&Project, &'g RevisionGraph, &Heads, &mut Database) -> Result<Plan<'g>>,
) -> Result<()> {
    let terminal = global.terminal();
    let project = global.project()?;
    let graph = project.graph_at_heads()?;
    let mut database = project.connect(access)?;
    database.prepare(&project.limits())?;
    if restart.is_some() {
        database.require_half_done()?;
    }
    loop {
        require_begun_is_there(&graph, &mut database)?;
        let heads = standing(&graph, &mut database)?;
        let plan = make(&project, &graph, &heads, &mut database)?;
        let scripts = project.scripts_of(&plan)?;
        check_changed_scripts(global, &project, &graph, &mut database, &plan)?;
        consent.require(global, &project, &database, &plan, &scripts)?;
        if !accept(global, &project, &graph, &mut database)? {
            continue;
        }
        if plan.steps.is_empty() {
            database.require_settled()?;
            warn_of_no_scripts(&terminal, &project, &graph);
            if terminal.verbose {
                terminal.talk("Nothing to do.");
            }
            return answer(global, &Ran::default());
        }
        let mut ran = Ran::default();
        let outcome = within(global, &project, &mut database, tag, restart, |session| {
            let announce = |step: &Step| {
                terminal.talk(format!("{ACTION}Running{ACTION:#} {step}"));
                ran.begin(step);
            };
            Ok(run::carry_out(session, &plan, &scripts, announce))
        })?;
        match outcome {
            Ok(()) => {
                ran.end();
                return answer(global, &ran);
            }
            Err(RunError::Moved { .. }) => {}
            Err(error) => return Err(Stopped::new(error, &mut database, &scripts).into()),
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

/// A folder without a script is rarely meant where scripts are to run: it is the wrong one, or an
/// image in which they were forgotten.
fn warn_of_no_scripts(terminal: &Terminal, project: &Project, graph: &RevisionGraph) {
    if graph.real_heads().is_empty() {
        let folders = project.version_folders();
        let folders: Vec<String> = folders.iter().map(|it| format!("`{}`", it.display())).collect();
        terminal.warn(format!("there are no revisions in {}", folders.join(", ")));
    }
}

/// Warns of scripts that ran and were changed since: what they say now is not what the database
/// has.
///
/// # Errors
/// When one cannot be read, everything that is wrong in those that changed, and whatever the
/// database says.
fn check_changed_scripts(
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
    let is_changed = parallel::map(&ran, |(revision, checksum)| {
        let source = project.source(revision)?;
        Ok::<_, ProjectError>(crate::script::checksum(&source.text) != **checksum)
    });
    let mut changed = Vec::new();
    for ((revision, _), is_changed) in ran.into_iter().zip(is_changed) {
        if is_changed? {
            global.terminal().warn(format!(
                "`{}` was changed after it ran; `db verify` shows how",
                revision.path.display()
            ));
            changed.push(revision);
        }
    }
    // One that is as it ran was right then.
    project.scripts(&changed)?;
    Ok(())
}
