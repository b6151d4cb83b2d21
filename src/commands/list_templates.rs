//! The command `db list-templates`.

use std::process::ExitCode;

use anyhow::Result;
use serde_json::{Value, json};

use crate::commands::global::Global;
use crate::script::template::builtin;

/// List the templates that `init` knows
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Lists the templates with what they are for.
pub fn run(global: &Global, _: &Args) -> Result<ExitCode> {
    let terminal = global.terminal();
    if terminal.json {
        let object = |it: &crate::script::template::Template| json!({ "name": it.name, "description": it.description() });
        let all: Vec<Value> = builtin().iter().map(object).collect();
        terminal.answer_json(&all.into())?;
        return Ok(ExitCode::SUCCESS);
    }
    let width = builtin().iter().map(|it| it.name.len()).max().unwrap_or_default();
    for template in builtin() {
        terminal.answer(format!("{:width$}  {}", template.name, template.description()))?;
    }
    terminal.talk("\nUse one with `db init -t NAME`; a folder of your own works, too.");
    Ok(ExitCode::SUCCESS)
}
