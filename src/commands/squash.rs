//! The command `db squash`.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use serde_json::json;

use super::as_sql::as_sql;
use super::new_script::{self, Draft, NewScript};
use crate::commands::global::Global;
use crate::dialect::{Access, Connection, Dialect};
use crate::error::list;
use crate::graph::{Heads, Revision, RevisionGraph, RevisionId, Run, TargetRange};
use crate::operation::Operation;
use crate::project::{Database, Project};
use crate::proof::{self, Equality, UnequalError};
use crate::run;
use crate::schema::Sql;
use crate::script::sql::Unwritable;
use crate::script::{self, Entry, Format, Header, Script};
use crate::squash::{self, Squashed};
use crate::terminal::{ACTION, Terminal};

/// Write one revision that does the work of several, and remove those
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which: START:END, both ends included; either may be left out [default: all]
    #[arg(allow_hyphen_values = true)]
    range: Option<TargetRange>,
    #[command(flatten)]
    new: NewScript,
    /// Write the revision without trying it on scratch databases
    #[arg(long)]
    no_prove: bool,
}

/// What is squashed, and where.
struct Work<'a> {
    terminal: Terminal,
    project: &'a Project,
    graph: &'a RevisionGraph,
    run: &'a Run<'a>,
    /// The scripts of all that comes before the run, oldest first.
    before: Vec<Script>,
    /// Those of the run.
    originals: Vec<Script>,
}

/// Shortens what the run does, proves that nothing has changed by that, writes the new revision
/// and removes those that it replaces.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let terminal = global.terminal();
    let project = global.project()?;
    let format = global.script_format(&project);
    let graph = project.graph_at_heads()?;
    let range = args.range.clone().unwrap_or_default();
    let mut database = project.connect(Access::Look)?;
    let stands = database.heads()?;
    let run = graph.run(&range, &stands)?;
    require_outside(&run, &stands)?;
    // What is half done outside of the run goes on there.
    if database.half_done()?.is_some_and(|it| run.has(&it.revision)) {
        database.require_settled()?;
    }

    let scripts = |revisions: &[&Revision]| -> Result<Vec<Script>> {
        Ok(project.scripts(revisions)?.into_iter().map(|it| it.script).collect())
    };
    let (before, originals) = (scripts(&run.before)?, scripts(&run.revisions)?);
    let work = Work { terminal, project: &project, graph: &graph, run: &run, before, originals };
    work.say_what_stays(!args.no_prove);
    let draft = work.draft(args, format, &mut database)?;
    work.write(global, &draft)?;
    if terminal.json {
        let paths: Vec<&Path> = run.revisions.iter().map(|it| it.path.as_path()).collect();
        terminal.answer_json(&json!({
            "path": draft.path,
            "revision": draft.script.header.revision,
            "replaces": draft.script.header.replaces,
            "removed": paths,
        }))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Refuses a run of which the database at hand has run only a part: it could not go on.
fn require_outside(run: &Run, stands: &Heads) -> Result<(), StandsInside> {
    let Some(end) = run.end() else { return Ok(()) };
    match stands.iter().find(|id| **id != end.id && run.has(id)) {
        None => Ok(()),
        Some(id) => Err(StandsInside { id: id.clone(), end: end.id.clone() }),
    }
}

/// The database at hand would stand at a revision that is gone.
#[derive(Debug, thiserror::Error)]
#[error("the database stands at `{id}`, inside of the run")]
pub(crate) struct StandsInside {
    id: RevisionId,
    end: RevisionId,
}

impl StandsInside {
    pub(crate) fn hint(&self) -> Option<String> {
        let StandsInside { id, end } = self;
        Some(format!("run `db upgrade {end}` first, or squash what lies up to `{id}` or behind it"))
    }
}

impl Work<'_> {
    /// What cannot be looked into is kept as it is, and programs are no part of a proof.
    fn say_what_stays(&self, is_proven: bool) {
        let with = |scripts: &[Script], is: fn(&Operation) -> bool| -> Vec<RevisionId> {
            let has = |it: &&Script| it.upgrade.iter().any(|entry| is(&entry.operation));
            scripts.iter().filter(has).map(|it| it.header.revision.clone()).collect()
        };
        let run = |it: &Operation| matches!(it, Operation::Run { .. });
        let kept = with(&self.originals, squash::is_opaque);
        if !kept.is_empty() {
            let what = match with(&self.originals, run).is_empty() {
                true => "SQL",
                false => "SQL and the programs",
            };
            let kept = list(kept, "and");
            self.terminal.talk(format!(
                "{ACTION}Keeping{ACTION:#} the {what} of {kept} unchanged and in place"
            ));
        }
        let programs = [with(&self.before, run), with(&self.originals, run)].concat();
        if is_proven && !programs.is_empty() {
            let programs = list(programs, "and");
            self.terminal.warn(format!("the proof passes over the programs of {programs}"));
        }
    }

    /// The new script, proven unless that is not wanted. What cannot be shortened without a
    /// difference is written one by one.
    fn draft(&self, args: &Args, format: Format, database: &mut Database) -> Result<Draft> {
        let header = self.header(&args.new)?;
        let Squashed { short, plain } = squash::squash(&self.before, &self.originals, header)?;
        let is_shorter = short != plain;
        let draft = self.written(&args.new, format, database, short)?;
        if args.no_prove {
            return Ok(draft);
        }
        match self.prove(database, &draft.script) {
            Ok(()) => Ok(draft),
            Err(error) if error.is_about_script() && is_shorter => {
                self.terminal.warn(format!("the operations are kept one by one: {error}"));
                let draft = self.written(&args.new, format, database, plain)?;
                self.prove(database, &draft.script).context(NOT_WRITTEN)?;
                Ok(draft)
            }
            Err(error) => Err(error).context(NOT_WRITTEN),
        }
    }

    /// The head of the new script.
    fn header(&self, new: &NewScript) -> Result<Header> {
        let mut header = new.header(self.project, self.graph, &self.run.parents)?;
        if let (true, [first, .., last]) = (header.message.is_empty(), &self.run.revisions[..]) {
            header.message = format!("squash of {} to {}", first.id, last.id);
        }
        header.branch_labels.extend(self.run.labels());
        let known = header.depends_on.clone();
        let more = self.run.depends_on.iter().filter(|it| !known.contains(it));
        header.depends_on.extend(more.cloned());
        header.replaces = self.run.replaces();
        header.ends = self.run.ends();
        Ok(header)
    }

    /// The text of the new script, in `format`.
    fn written(
        &self,
        new: &NewScript,
        format: Format,
        database: &mut Database,
        script: Script,
    ) -> Result<Draft> {
        let script = match format {
            Format::Sql => self.in_sql(database, script)?,
            Format::Toml => script,
        };
        let beside: Vec<&Revision> = self.run.end().into_iter().collect();
        new_script::draft(self.project, self.graph, new, &beside, format, script.canonical())
    }

    /// The same script in SQL, written on a scratch database behind all that comes before it.
    fn in_sql(&self, database: &mut Database, mut script: Script) -> Result<Script> {
        let dialect = database.dialect.portable();
        let mut scratch = proof::scratch_behind(&*dialect, &mut *database.db, &self.before)?;
        for entries in [&mut script.upgrade, &mut script.downgrade] {
            let says = |entry: &&Entry| !squash::is_separator(&entry.operation);
            let texts =
                entries.iter().filter(says).map(|entry| sql_of(&*dialect, &mut *scratch, entry));
            let text = texts.collect::<Result<Vec<String>>>()?.join("\n");
            let text = (!text.is_empty()).then(|| Operation::Execute(Sql::new(text)).into());
            *entries = Vec::from_iter(text);
        }
        script.header.dialect = Some(dialect.name().to_owned());
        Ok(script)
    }

    fn prove(&self, database: &mut Database, script: &Script) -> Result<(), UnequalError> {
        let Database { dialect, db, .. } = database;
        let (before, originals) = (&self.before[..], &self.originals[..]);
        let claim = Equality { dialect: &**dialect, before, originals, script };
        proof::prove_equal(&claim, &mut **db)
    }

    /// Writes the new file and removes those that it replaces; all of that or nothing.
    fn write(&self, global: &Global, draft: &Draft) -> Result<()> {
        let (terminal, revisions) = (&self.terminal, &self.run.revisions);
        new_script::write_instead(global, self.project, draft, || remove(revisions))?;
        let shown = if terminal.verbose { usize::MAX } else { SHOWN };
        for revision in revisions.iter().take(shown) {
            terminal
                .talk(format!("{ACTION}Removing{ACTION:#} {} ... done", revision.path.display()));
        }
        if let Some(more @ 1..) = revisions.len().checked_sub(shown) {
            terminal.talk(format!("{ACTION}Removing{ACTION:#} {more} more ... done"));
        }
        Ok(())
    }
}

const NOT_WRITTEN: &str = "the squash failed its proof and was not written";

/// How many removed files are told by name.
const SHOWN: usize = 10;

/// The statements of an entry, each with its end, and `db` behind them.
fn sql_of(dialect: &dyn Dialect, db: &mut dyn Connection, entry: &Entry) -> Result<String> {
    let Entry { operation, dialects } = entry;
    if dialects.iter().any(|it| it != dialect.name()) {
        return Err(Unwritable::Dialects.into());
    }
    if squash::is_opaque(operation) {
        let text = script::sql::write_section(&[operation.clone().into()])?;
        let run = run::execute(dialect, db, std::slice::from_ref(operation), &|_| {});
        run.map_err(|(_, cause)| cause)?;
        let is_comment = text.lines().last().is_some_and(|line| line.contains("--"));
        return Ok(match (text.ends_with(';'), is_comment) {
            (true, _) => text,
            (false, true) => text + "\n;",
            (false, false) => text + ";",
        });
    }
    as_sql(dialect, db, operation)
}

/// Removes the files of `revisions`. Where one cannot be removed, all are there again. Until the
/// last of them is out of the way each lies beside its place under a name that no folder reads.
fn remove(revisions: &[&Revision]) -> Result<()> {
    let hidden = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        path.with_file_name(format!(".{name}.replaced"))
    };
    for (at, Revision { path, .. }) in revisions.iter().enumerate() {
        if let Err(error) = fs::rename(path, hidden(path)) {
            for Revision { path, .. } in &revisions[..at] {
                let from = hidden(path);
                fs::rename(&from, path)
                    .with_context(|| format!("cannot bring back {}", from.display()))?;
            }
            return Err(error).with_context(|| format!("cannot remove `{}`", path.display()));
        }
    }
    for Revision { path, .. } in revisions {
        // Under its new name it does no harm where it cannot be removed.
        let _ = fs::remove_file(hidden(path));
    }
    Ok(())
}
