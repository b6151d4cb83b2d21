//! The command `db branches`.

use std::process::ExitCode;

use anyhow::Result;
use serde_json::{Value, json};

use super::line;
use crate::commands::global::Global;
use crate::graph::Revision;

/// Show the revisions that several others come after
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Shows the branch points with their children.
pub fn run(global: &Global, _: &Args) -> Result<ExitCode> {
    let terminal = global.terminal();
    let graph = global.project()?.graph()?;
    let points = graph.branch_points();
    if terminal.json {
        let children = |id: &str| -> Vec<Value> {
            graph.children(id).iter().map(|it| line::object(&graph, it, None)).collect()
        };
        let all: Vec<Value> = points
            .iter()
            .map(|it| json!({ "revision": it.id, "children": children(&it.id) }))
            .collect();
        terminal.answer_json(&all.into())?;
        return Ok(ExitCode::SUCCESS);
    }
    let part = |point: &&Revision| {
        let mut part = line::brief(&graph, point, terminal.verbose);
        if terminal.verbose {
            part.push('\n');
        }
        for child in graph.children(&point.id) {
            part.push_str(&format!("\n    -> {}", line::child(&graph, child, terminal.verbose)));
        }
        part
    };
    let parts: Vec<String> = points.iter().map(part).collect();
    if !parts.is_empty() {
        terminal.answer(parts.join("\n\n"))?;
    }
    Ok(ExitCode::SUCCESS)
}
