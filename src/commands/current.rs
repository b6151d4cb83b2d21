//! The command `db current`.

use std::process::ExitCode;

use anyhow::Result;
use serde_json::{Value, json};

use super::line;
use super::standing::standing;
use crate::commands::global::Global;
use crate::dialect::Access;
use crate::graph::Revision;

/// Show where the database stands
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Fail unless the database is at every head
    #[arg(long)]
    check_heads: bool,
}

/// Shows the revisions at which the database stands, and one that is half done.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let terminal = global.terminal();
    let project = global.project()?;
    let graph = project.graph()?;
    let mut database = project.connect(Access::Look)?;
    let heads = standing(&graph, &mut database)?;
    let half_done = database.half_done()?;
    let revisions: Vec<_> = heads.iter().filter_map(|id| graph.get(id)).collect();
    let complete = heads == crate::graph::ids(graph.real_heads()) && half_done.is_none();

    if terminal.json {
        let all: Vec<Value> = revisions.iter().map(|it| line::object(&graph, it, None)).collect();
        let half_done = half_done.as_ref().map(|it| {
            json!({
                "revision": it.revision,
                "direction": it.direction,
                "done": it.done,
                "operations": it.operations,
            })
        });
        terminal.answer_json(&json!({
            "database": database.url.to_string(),
            "current": all,
            "at_heads": complete,
            "half_done": half_done,
        }))?;
    } else {
        if terminal.verbose {
            terminal.talk(format!("Current revision(s) for {}:", database.url));
        }
        let verbose = terminal.verbose;
        let brief = |it: &&Revision| line::brief(&graph, it, verbose);
        let mut parts: Vec<String> = revisions.iter().map(brief).collect();
        if let Some(it) = &half_done {
            let (done, all) = (it.done, it.operations);
            parts.push(format!("{} (half done: {done} of {all})", it.revision));
        }
        if !parts.is_empty() {
            terminal.answer(line::join(&parts, verbose))?;
        }
    }
    if args.check_heads && !complete {
        terminal.talk(match graph.real_heads().len() {
            0 | 1 => "The database is not at the head: `db upgrade` leads there.",
            _ => "The database is not at every head: `db upgrade heads` leads there.",
        });
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}
