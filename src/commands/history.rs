//! The command `db history`.

use std::process::ExitCode;

use anyhow::Result;
use serde_json::Value;

use super::line;
use super::standing::UnknownHead;
use crate::commands::global::Global;
use crate::dialect::Access;
use crate::graph::{Heads, Revision, RevisionGraph, TargetRange};
use crate::project::Database;
use crate::terminal::Terminal;

/// List the revisions, newest first
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only these: START:END, either end may be left out
    #[arg(short, long, value_name = "RANGE", allow_hyphen_values = true)]
    rev_range: Option<TargetRange>,
    /// Mark where the database stands
    #[arg(short, long)]
    indicate_current: bool,
}

/// Lists the revisions. Opens the database only when something asks where it stands.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let terminal = global.terminal();
    let project = global.project()?;
    let graph = project.graph()?;
    let range = args.rev_range.clone().unwrap_or_default();
    let asked = args.indicate_current || range.asks_database();
    let current = match asked {
        true => Some(heads(&terminal, &graph, project.connect(Access::Look)?)?),
        false => None,
    };
    let revisions = graph.history(&range, current.as_ref().unwrap_or(&Heads::new()))?;
    let current = current.filter(|_| args.indicate_current);
    if terminal.json {
        let object = |it: &&Revision| line::object(&graph, it, current.as_ref());
        let all: Vec<Value> = revisions.iter().map(object).collect();
        terminal.answer_json(&all.into())?;
        return Ok(ExitCode::SUCCESS);
    }
    let verbose = terminal.verbose;
    let part = |revision: &&Revision| match verbose {
        true => line::block(&graph, revision, current.as_ref()),
        false => line::long(&graph, revision, current.as_ref()),
    };
    let parts: Vec<String> = revisions.iter().map(part).collect();
    if !parts.is_empty() {
        terminal.answer(line::join(&parts, verbose))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Where the database stands. Ids without a file cannot be marked, and are not passed over.
fn heads(terminal: &Terminal, graph: &RevisionGraph, mut database: Database) -> Result<Heads> {
    let heads = database.heads()?;
    let heads = graph.accepted(&heads).unwrap_or_else(|error| {
        terminal.warn(error.to_string());
        heads
    });
    for id in heads.iter().filter(|id| graph.get(id).is_none()) {
        terminal.warn(UnknownHead::new(id, &database).to_string());
    }
    Ok(heads)
}
