//! The command `db check`.

use std::process::ExitCode;

use anyhow::Result;
use serde_json::{Value, json};

use super::compare;
use crate::commands::global::Global;
use crate::dialect::Access;
use crate::operation;

/// Fail when models, scripts and database disagree
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Fail, too, when the database has objects of a kind that is not compared
    #[arg(long)]
    strict: bool,
}

/// Compares as `migrate` does and writes nothing.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let terminal = global.terminal();
    let project = global.project()?;
    let graph = project.graph_at_heads()?;
    let mut database = project.connect(Access::Look)?;
    let comparison = compare::compare(&project, &graph, &mut database, &[])?;
    comparison.warn(&terminal);
    let lines: Vec<String> = operation::describe(&comparison.operations);
    let others: Vec<String> =
        comparison.others().iter().map(|it| format!("{} '{}'", it.kind, it.name)).collect();
    let fails = !lines.is_empty() || (args.strict && !others.is_empty());

    if terminal.json {
        let others: Vec<Value> = others.iter().map(|it| it.as_str().into()).collect();
        terminal.answer_json(&json!({ "operations": lines, "not_compared": others }))?;
    } else if !fails {
        terminal.answer("No new upgrade operations detected.")?;
    } else if !lines.is_empty() {
        terminal.answer("New upgrade operations detected:")?;
        for line in &lines {
            terminal.answer(format!("  {line}"))?;
        }
    }
    if !others.is_empty() && !terminal.json {
        let list: String = others.iter().map(|it| format!("\n  {it}")).collect();
        if args.strict {
            terminal.answer(format!("Not compared:{list}"))?;
        } else if terminal.verbose {
            terminal.talk(format!("Not compared:{list}"));
        }
    }
    // The process ends: to take thousands of tables apart first takes longer than to read them.
    std::mem::forget(comparison);
    match fails {
        true => Ok(ExitCode::FAILURE),
        false => Ok(ExitCode::SUCCESS),
    }
}
