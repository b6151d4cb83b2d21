//! The command `db heads`.

use std::process::ExitCode;

use anyhow::Result;
use serde_json::Value;

use super::line;
use crate::commands::global::Global;

/// Show the revisions that nothing comes after
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Leave out heads that another revision depends on
    #[arg(long)]
    resolve_dependencies: bool,
}

/// Shows the heads.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let terminal = global.terminal();
    let graph = global.project()?.graph()?;
    let heads = if args.resolve_dependencies { graph.real_heads() } else { graph.heads() };
    if terminal.json {
        let all: Vec<Value> = heads.iter().map(|it| line::object(&graph, it, None)).collect();
        terminal.answer_json(&all.into())?;
        return Ok(ExitCode::SUCCESS);
    }
    let verbose = terminal.verbose;
    let parts: Vec<String> = heads.iter().map(|it| line::brief(&graph, it, verbose)).collect();
    if !parts.is_empty() {
        terminal.answer(line::join(&parts, verbose))?;
    }
    Ok(ExitCode::SUCCESS)
}
