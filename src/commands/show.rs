//! The command `db show`.

use std::process::ExitCode;

use anyhow::Result;
use serde_json::Value;

use super::line;
use super::standing::standing_for;
use crate::commands::global::Global;
use crate::graph::{Heads, Revision, Target};

/// Show everything about revisions
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which: ids or the beginnings of some, head, current, -1 ...
    #[arg(default_value = "head", allow_negative_numbers = true)]
    revisions: Vec<Target>,
}

/// Shows each revision once, in the order in which they were named.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let terminal = global.terminal();
    let project = global.project()?;
    let graph = project.graph()?;
    let current = standing_for(&project, &graph, &args.revisions)?;
    let found = graph.resolve_each(&args.revisions, current.as_ref().unwrap_or(&Heads::new()))?;
    if terminal.json {
        let object = |it: &&Revision| line::object(&graph, it, current.as_ref());
        let all: Vec<Value> = found.iter().map(object).collect();
        terminal.answer_json(&all.into())?;
        return Ok(ExitCode::SUCCESS);
    }
    if found.is_empty() {
        terminal.talk("There is no revision there.");
    }
    let block = |it: &&Revision| line::block(&graph, it, current.as_ref());
    let blocks: Vec<String> = found.iter().map(block).collect();
    if !blocks.is_empty() {
        terminal.answer(line::join(&blocks, true))?;
    }
    Ok(ExitCode::SUCCESS)
}
