//! The command `db history`.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use anyhow::Result;
use serde_json::Value;

use super::standing::{UnknownHead, standing};
use super::{line, tree};
use crate::commands::global::Global;
use crate::dialect::Access;
use crate::graph::{Heads, Revision, RevisionGraph, TargetRange};
use crate::project::{Database, Project};
use crate::terminal::Terminal;

/// List the revisions, newest first
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    part: Part,
    /// Draw the graph beside them: the default on a terminal
    #[arg(long, overrides_with = "no_graph")]
    graph: bool,
    /// A line each and nothing else: the default in a pipe
    #[arg(long)]
    no_graph: bool,
}

/// Which revisions are shown, and what of the database.
#[derive(Debug, clap::Args)]
pub(super) struct Part {
    /// Only these: START:END, either end may be left out
    #[arg(short, long, value_name = "RANGE", allow_hyphen_values = true)]
    rev_range: Option<TargetRange>,
    /// Mark where the database stands
    #[arg(short, long)]
    indicate_current: bool,
}

/// Lists the revisions.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let terminal = global.terminal();
    let project = global.project()?;
    let graph = project.graph()?;
    let (revisions, current) = args.part.of(&terminal, &project, &graph)?;
    let current = current.as_ref();
    if terminal.json {
        let object = |it: &&Revision| line::object(&graph, it, current);
        let all: Vec<Value> = revisions.iter().map(object).collect();
        terminal.answer_json(&all.into())?;
        return Ok(ExitCode::SUCCESS);
    }
    let verbose = terminal.verbose;
    if args.graph || (!args.no_graph && io::stdout().is_terminal()) {
        return tree::answer(&terminal, &graph, &revisions, current);
    }
    let part = |revision: &&Revision| match verbose {
        true => line::block(&graph, revision, current),
        false => line::long(&graph, revision, current),
    };
    let parts: Vec<String> = revisions.iter().map(part).collect();
    if !parts.is_empty() {
        terminal.answer(line::join(&parts, verbose))?;
    }
    Ok(ExitCode::SUCCESS)
}

impl Part {
    /// The revisions, newest first, and where the database stands if that is to be marked. Opens
    /// the database only when something asks where it stands.
    pub(super) fn of<'g>(
        &self,
        terminal: &Terminal,
        project: &Project,
        graph: &'g RevisionGraph,
    ) -> Result<(Vec<&'g Revision>, Option<Heads>)> {
        let range = self.rev_range.clone().unwrap_or_default();
        let current = match (range.asks_database(), self.indicate_current) {
            (true, _) => Some(standing(graph, &mut project.connect(Access::Look)?)?),
            (false, true) => Some(known_heads(terminal, graph, project.connect(Access::Look)?)?),
            (false, false) => None,
        };
        let revisions = graph.history(&range, current.as_ref().unwrap_or(&Heads::new()))?;
        Ok((revisions, current.filter(|_| self.indicate_current)))
    }
}

/// Where the database stands. Ids without a file cannot be marked, and are not passed over, each
/// with one warning.
fn known_heads(
    terminal: &Terminal,
    graph: &RevisionGraph,
    mut database: Database,
) -> Result<Heads> {
    let heads = database.heads()?;
    let heads = graph.accepted(&heads).unwrap_or_else(|error| {
        terminal.warn(error.to_string());
        heads
    });
    for id in heads.iter().filter(|id| graph.is_free(id)) {
        terminal.warn(UnknownHead::new(id, &database).to_string());
    }
    Ok(heads)
}
