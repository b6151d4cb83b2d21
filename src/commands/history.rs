//! The command `db history`.

use std::process::ExitCode;

use anyhow::Result;
use serde_json::Value;

use super::line;
use crate::commands::global::Global;
use crate::dialect::Access;
use crate::graph::{Heads, TargetRange};

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
        true => Some(project.connect(Access::Look)?.heads()?),
        false => None,
    };
    let revisions = graph.history(&range, current.as_ref().unwrap_or(&Heads::new()))?;
    let current = current.filter(|_| args.indicate_current);
    if terminal.json {
        let object = |it: &&crate::graph::Revision| line::object(&graph, it, current.as_ref());
        let all: Vec<Value> = revisions.iter().map(object).collect();
        terminal.answer_json(&all.into())?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut lines = String::new();
    for revision in revisions {
        if terminal.verbose {
            lines.push_str(&line::block(&graph, revision, current.as_ref()));
            lines.push('\n');
        } else {
            lines.push_str(&line::long(&graph, revision, current.as_ref()));
        }
        lines.push('\n');
    }
    if !lines.is_empty() {
        terminal.answer(lines.trim_end_matches('\n'))?;
    }
    Ok(ExitCode::SUCCESS)
}
