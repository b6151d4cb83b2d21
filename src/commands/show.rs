//! The command `db show`.

use std::process::ExitCode;

use anyhow::Result;
use serde_json::Value;

use super::line;
use super::standing::standing;
use crate::commands::global::Global;
use crate::dialect::Access;
use crate::graph::{Heads, Target};

/// Show everything about a revision
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which: an id or the beginning of one, head, current, -1 ...
    #[arg(default_value = "head", allow_negative_numbers = true)]
    revision: Target,
}

/// Shows the revision, or each of them.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let terminal = global.terminal();
    let project = global.project()?;
    let graph = project.graph()?;
    let current = match args.revision.asks_database() {
        true => Some(standing(&graph, &mut project.connect(Access::Look)?)?),
        false => None,
    };
    let found = graph.resolve(&args.revision, current.as_ref().unwrap_or(&Heads::new()))?;
    if terminal.json {
        let object = |it: &&crate::graph::Revision| line::object(&graph, it, current.as_ref());
        let all: Vec<Value> = found.iter().map(object).collect();
        terminal.answer_json(&all.into())?;
        return Ok(ExitCode::SUCCESS);
    }
    if found.is_empty() {
        terminal.talk("There is no revision there.");
    }
    for revision in found {
        terminal.answer(line::block(&graph, revision, current.as_ref()))?;
    }
    Ok(ExitCode::SUCCESS)
}
