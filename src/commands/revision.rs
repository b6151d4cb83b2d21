//! The command `db revision`.

use std::process::ExitCode;

use anyhow::Result;
use serde_json::json;

use super::migrate::{self, Choices};
use super::new_script::{self, NewScript, NewScriptError, Place};
use crate::commands::global::Global;
use crate::script::Script;

/// Write a new revision, empty unless --autogenerate
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    new: NewScript,
    #[command(flatten)]
    place: Place,
    /// Fill it with what the models ask of the database: the same as `db migrate`
    #[arg(long)]
    autogenerate: bool,
    #[command(flatten, next_help_heading = "With --autogenerate")]
    choices: Choices,
}

/// Writes an empty script, or hands over to `migrate`.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    if args.autogenerate {
        return migrate::generate(global, &args.new, &args.place, &args.choices);
    }
    if args.choices != Choices::default() {
        return Err(NewScriptError::NotCompared.into());
    }
    let project = global.project()?;
    let format = global.script_format(&project);
    let graph = project.graph_at_heads()?;
    let parents = args.place.parents(&project, &graph)?;
    let header = args.new.header(&project, &graph, &parents)?;
    let script = Script { header, ..Script::default() };
    let draft = new_script::draft(&project, &graph, &args.new, &parents, format, script)?;
    new_script::write(global, &project, &draft)?;
    if global.terminal().json {
        let revision = &draft.script.header.revision;
        let answer = json!({ "path": draft.path, "revision": revision });
        global.terminal().answer_json(&answer)?;
    }
    Ok(ExitCode::SUCCESS)
}
