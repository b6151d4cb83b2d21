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
    /// Write them to the head file, `migrations/HEAD`, as well
    #[arg(long)]
    write: bool,
}

/// Shows the heads.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let terminal = global.terminal();
    let project = global.project()?;
    let graph = project.graph()?;
    if args.write {
        if project.head_file().is_none() {
            return Err(HeadsError::NoHeadFile.into());
        }
        project.write_head_file(&graph)?;
    }
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

/// Why the heads were not written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HeadsError {
    #[error("this project has no head file")]
    NoHeadFile,
}

impl HeadsError {
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            HeadsError::NoHeadFile => {
                Some("`head_file = true` under `[options]` in db.toml asks for one".to_owned())
            }
        }
    }
}
