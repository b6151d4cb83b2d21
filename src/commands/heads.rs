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
    for head in heads {
        terminal.answer(match terminal.verbose {
            true => format!("{}\n", line::block(&graph, head, None)),
            false => line::short(&graph, head),
        })?;
    }
    Ok(ExitCode::SUCCESS)
}
