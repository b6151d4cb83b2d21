//! The command `db rebase`.

use std::collections::BTreeSet;
use std::process::ExitCode;

use anyhow::{Result, bail};
use serde_json::json;

use super::commute::{self, Pair};
use super::standing::{standing, standing_for};
use crate::commands::global::Global;
use crate::dialect::Access;
use crate::error::{Mistakes, Source, list};
use crate::graph::{Heads, Revision, RevisionGraph, RevisionId, Target};
use crate::project::{Project, ProjectError, replace};
use crate::script;
use crate::terminal::{ACTION, Terminal};

/// Hang a line of revisions onto another head
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The line that moves: its head, its label, or any revision that is in no other line
    #[arg(allow_negative_numbers = true)]
    revision: Option<Target>,
    /// The head that it comes after [default: the other one]
    #[arg(long, value_name = "HEAD", allow_negative_numbers = true)]
    onto: Option<Target>,
    /// Move it although the lines do not commute
    #[arg(long)]
    force: bool,
}

/// Rewrites `down_revision` in the first script of the line.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let terminal = global.terminal();
    let project = global.project()?;
    let graph = project.graph()?;
    let named = args.revision.iter().chain(&args.onto);
    let current = standing_for(&project, &graph, named)?.unwrap_or_default();
    let (head, onto) = ends(&graph, args, &current, || applied(&project, &graph))?;
    let line = line(&graph, head, onto)?;
    refuse_what_ran(&line, &applied(&project, &graph)?)?;
    let pairs = commute::judge(&project, &graph, &[head, onto])?;
    let (text, moved) = rewritten(&project, &graph, &line)?;
    let retry = "move the line all the same with `--force`";
    let verdict = commute::require(&terminal, &pairs, args.force, retry);
    if verdict.is_ok() {
        let path = line.first().path.clone();
        replace::replace(&path, &text).map_err(|source| ProjectError::Write { path, source })?;
        project.write_head_file(&moved)?;
        say(&terminal, &line);
    }
    if terminal.json {
        terminal.answer_json(&answer(&line, &pairs, verdict.is_ok()))?;
    }
    verdict.map(|()| ExitCode::SUCCESS)
}

fn say(terminal: &Terminal, line: &Line) {
    let first = line.first();
    let path = first.path.display();
    let (onto, from) = (&line.onto.id, line.fork_name());
    terminal.talk(format!("{ACTION}Rewriting{ACTION:#} {path} ... done"));
    terminal.talk(format!(
        "`{}` comes after `{onto}` now, and not after `{from}`: a database elsewhere that has run \
         it would take `{onto}` for run as well, unless it goes back to `{from}` first",
        first.id
    ));
}

fn answer(line: &Line, pairs: &[Pair], is_done: bool) -> serde_json::Value {
    let first = line.first();
    let mut answer = commute::object(pairs);
    answer["path"] = json!(is_done.then_some(&first.path));
    answer["revision"] = json!(is_done.then_some(&first.id));
    answer["from"] = json!(line.fork.map(|it| &it.id));
    answer["onto"] = json!(line.onto.id);
    answer["moved"] = json!(line.ids().collect::<Vec<_>>());
    answer
}

/// A line that moves.
struct Line<'g> {
    /// Its revisions, the newest first; never empty.
    revisions: Vec<&'g Revision>,
    /// The revision that it comes after; `None` is base.
    fork: Option<&'g Revision>,
    /// The head that it is to come after.
    onto: &'g Revision,
}

impl<'g> Line<'g> {
    fn first(&self) -> &'g Revision {
        self.revisions.last().copied().unwrap_or(self.onto)
    }

    fn ids(&self) -> impl Iterator<Item = &'g RevisionId> {
        self.revisions.iter().rev().map(|it| &it.id)
    }

    fn fork_name(&self) -> &'g str {
        self.fork.map_or("base", |it| it.id.as_str())
    }
}

/// Everything that has run in the database at hand; in one that is not there nothing has.
fn applied(project: &Project, graph: &RevisionGraph) -> Result<BTreeSet<RevisionId>> {
    let mut database = project.connect(Access::Look)?;
    let heads = standing(graph, &mut database)?;
    database.require_settled()?;
    Ok(graph.ancestors(&heads)?)
}

/// The head of the line that moves, and the one that it is to come after.
fn ends<'g>(
    graph: &'g RevisionGraph,
    args: &Args,
    current: &Heads,
    applied: impl FnOnce() -> Result<BTreeSet<RevisionId>>,
) -> Result<(&'g Revision, &'g Revision)> {
    let heads = graph.heads();
    if let [] | [_] = heads[..] {
        bail!("there is nothing to rebase: the revisions have one head");
    }
    let onto = args.onto.as_ref().map(|target| head(graph, target, current)).transpose()?;
    let line = args.revision.as_ref().map(|target| head_of(graph, target, current)).transpose()?;
    let other_than = |it: &Revision| -> Result<&'g Revision> {
        match heads.iter().filter(|head| head.id != it.id).collect::<Vec<_>>()[..] {
            [other] => Ok(other),
            _ => Err(RebaseError::ManyHeads { heads: ids(&heads) }.into()),
        }
    };
    let (line, onto) = match (line, onto) {
        (Some(line), Some(onto)) => (line, onto),
        (Some(line), None) => (line, other_than(line)?),
        (None, Some(onto)) => (other_than(onto)?, onto),
        (None, None) => match heads[..] {
            [a, b] => return Err(question(graph, [a, b], &applied()?).into()),
            _ => return Err(RebaseError::ManyHeads { heads: ids(&heads) }.into()),
        },
    };
    match line.id == onto.id {
        true => Err(RebaseError::OntoItself { head: onto.id.clone() }.into()),
        false => Ok((line, onto)),
    }
}

fn ids(revisions: &[&Revision]) -> Vec<RevisionId> {
    revisions.iter().map(|it| it.id.clone()).collect()
}

/// The one revision that is meant.
fn one<'g>(graph: &'g RevisionGraph, target: &Target, current: &Heads) -> Result<&'g Revision> {
    match graph.resolve_one(target, current)? {
        Some(found) => Ok(found),
        None => Err(RebaseError::NoRevision { target: target.to_string() }.into()),
    }
}

/// The head that is meant.
fn head<'g>(graph: &'g RevisionGraph, target: &Target, current: &Heads) -> Result<&'g Revision> {
    let found = one(graph, target, current)?;
    match graph.is_head(&found.id) {
        true => Ok(found),
        false => {
            let head = found.id.clone();
            Err(RebaseError::NotHead { head, heads: ids(&graph.heads()) }.into())
        }
    }
}

/// The head of the only line that holds the revision that is meant.
fn head_of<'g>(graph: &'g RevisionGraph, target: &Target, current: &Heads) -> Result<&'g Revision> {
    let found = one(graph, target, current)?;
    let (mut heads, mut seen) = (Vec::new(), BTreeSet::new());
    let mut todo = vec![found];
    while let Some(revision) = todo.pop() {
        let children = graph.children(&revision.id);
        if children.is_empty() {
            heads.push(revision);
        }
        todo.extend(children.into_iter().filter(|child| seen.insert(child.id.as_str())));
    }
    match heads[..] {
        [only] => Ok(only),
        _ => {
            let revision = found.id.clone();
            Err(RebaseError::InSeveral { revision, heads: ids(&heads) }.into())
        }
    }
}

/// The revisions that only `head` has, which must be a line that nothing else hangs on.
fn line<'g>(graph: &'g RevisionGraph, head: &'g Revision, onto: &'g Revision) -> Result<Line<'g>> {
    let below = graph.ancestors(&Heads::from([onto.id.clone()]))?;
    let mut line = Line { revisions: Vec::new(), fork: Some(head), onto };
    while let Some(revision) = line.fork.filter(|it| !below.contains(&it.id)) {
        if revision.is_merge_point() {
            return Err(RebaseError::HoldsMerge { id: revision.id.clone() }.into());
        }
        line.revisions.push(revision);
        line.fork = revision.parents.first().and_then(|parent| graph.get(parent));
    }
    let moves = |id: &str| line.revisions.iter().any(|it| it.id == id);
    if line.revisions.is_empty() {
        let (id, by) = (head.id.clone(), onto.id.clone());
        return Err(RebaseError::Needed { id, by }.into());
    }
    for revision in &line.revisions {
        let id = || revision.id.clone();
        if let Some(child) = graph.children(&revision.id).iter().find(|it| !moves(&it.id)) {
            return Err(RebaseError::Forks { id: id(), child: child.id.clone() }.into());
        }
        if let Some(by) = graph.dependants(&revision.id).iter().find(|it| !moves(&it.id)) {
            return Err(RebaseError::Needed { id: id(), by: by.id.clone() }.into());
        }
    }
    Ok(line)
}

/// Refuses a line of which the database at hand has run something: it would take all that the line
/// then comes after for run.
fn refuse_what_ran(line: &Line, applied: &BTreeSet<RevisionId>) -> Result<()> {
    let ran: Vec<RevisionId> = line.ids().filter(|id| applied.contains(*id)).cloned().collect();
    match ran.is_empty() {
        true => Ok(()),
        false => Err(RebaseError::HasRun { ran, way_back: way_back(line, applied) }.into()),
    }
}

/// The command that takes back the line in a database and leaves what stands beside it.
fn way_back(line: &Line, applied: &BTreeSet<RevisionId>) -> String {
    let fork = line.fork_name();
    let head = &line.revisions.first().unwrap_or(&line.onto).id;
    // Above the fork there may be others, and base takes back all there is.
    let is_alone = match line.fork {
        Some(_) => !applied.contains(&line.onto.id),
        None => applied.iter().all(|id| line.ids().any(|it| it == id)),
    };
    if is_alone { format!("db downgrade {fork}") } else { format!("db downgrade {head}@{fork}") }
}

/// The text of the line's first script behind its new parent, and the graph that it makes.
fn rewritten(
    project: &Project,
    graph: &RevisionGraph,
    line: &Line,
) -> Result<(String, RevisionGraph)> {
    let first = line.first();
    let source = project.source(first)?;
    let from = line.fork.map(|fork| written_name(&source, fork)).transpose()?;
    let text = script::reparent(&source, from.as_deref(), &line.onto.id)?;
    let moved = graph.revisions().iter().map(|revision| {
        let mut revision = revision.clone();
        if revision.id == first.id {
            revision.parents = vec![line.onto.id.clone()];
            revision.source = None;
        }
        revision
    });
    let graph = RevisionGraph::new(moved.collect()).map_err(ProjectError::Graph)?;
    Ok((text, graph))
}

/// How the script names `parent`: by its id, or by that of one which it replaces.
fn written_name(source: &Source, parent: &Revision) -> Result<RevisionId, Mistakes> {
    let means = |name: &RevisionId| *name == parent.id || parent.other_names().contains(name);
    let named = script::header(source)?.header.down_revision.into_iter().find(means);
    Ok(named.unwrap_or_else(|| parent.id.clone()))
}

/// Asks which line moves. Only a person knows which of them other databases have run.
fn question(
    graph: &RevisionGraph,
    heads: [&Revision; 2],
    applied: &BTreeSet<RevisionId>,
) -> RebaseError {
    let choice = |head: &Revision, onto: &Revision| {
        let way_back = line(graph, head, onto)
            .ok()
            .filter(|line| line.ids().any(|id| applied.contains(id)))
            .map(|line| way_back(&line, applied));
        let ran = way_back.map_or_else(String::new, |it| format!(" (has run here; first `{it}`)"));
        format!("  db rebase {} --onto {}{ran}\n", head.id, onto.id)
    };
    let [a, b] = heads;
    let choices = format!("{}{}", choice(a, b), choice(b, a));
    RebaseError::Which { heads: ids(&heads), choices }
}

/// Why no line was moved.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RebaseError {
    #[error("which line moves, that of {}?", list(.heads, "or that of"))]
    Which { heads: Vec<RevisionId>, choices: String },
    #[error("there are {} heads: {}", heads.len(), list(.heads, "and"))]
    ManyHeads { heads: Vec<RevisionId> },
    #[error("`{target}` is no revision")]
    NoRevision { target: String },
    #[error("`{head}` is not a head")]
    NotHead { head: RevisionId, heads: Vec<RevisionId> },
    #[error("revision `{revision}` is in the lines of {}", list(.heads, "and"))]
    InSeveral { revision: RevisionId, heads: Vec<RevisionId> },
    #[error("the line of `{head}` cannot come after itself")]
    OntoItself { head: RevisionId },
    #[error("the line holds the merge `{id}`")]
    HoldsMerge { id: RevisionId },
    #[error("another line, with `{child}`, comes after `{id}`")]
    Forks { id: RevisionId, child: RevisionId },
    #[error("`{by}` depends on `{id}`, which would move")]
    Needed { id: RevisionId, by: RevisionId },
    #[error("the database at hand has run {}", list(.ran, "and"))]
    HasRun { ran: Vec<RevisionId>, way_back: String },
}

impl RebaseError {
    /// Lines that follow the message.
    pub(crate) fn details(&self) -> &str {
        match self {
            Self::Which { choices, .. } => choices,
            _ => "",
        }
    }

    pub(crate) fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Which { .. } => {
                "the one that is only yours moves: no database may have run it but those that you \
                 can take back"
                    .to_owned()
            }
            Self::ManyHeads { .. } => {
                "name two of them: `db rebase REVISION --onto HEAD`".to_owned()
            }
            Self::NoRevision { .. } => "`db heads` shows the heads".to_owned(),
            Self::NotHead { heads, .. } | Self::InSeveral { heads, .. } => {
                format!("name {}", list(heads, "or"))
            }
            Self::OntoItself { .. } => "name the head of another line with `--onto`".to_owned(),
            Self::HoldsMerge { .. } | Self::Forks { .. } | Self::Needed { .. } => {
                "only a line by itself can move; `db merge heads` joins the two".to_owned()
            }
            Self::HasRun { way_back, .. } => {
                format!("`{way_back}` takes it back; move the line then, and upgrade again")
            }
        })
    }
}
