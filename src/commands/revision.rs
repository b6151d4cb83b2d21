//! The command `db revision`.

use std::process::ExitCode;

use anyhow::Result;

use super::migrate;
use super::new_script::{self, NewScript, Place};
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
}

/// Writes an empty script, or hands over to `migrate`.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    if args.autogenerate {
        return migrate::generate(global, &args.new, &args.place, &migrate::Choices::default());
    }
    let project = global.project()?;
    let format = global.script_format(&project);
    let graph = project.graph_at_heads()?;
    let parents = args.place.parents(&graph)?;
    let header = args.new.header(&project, &graph, &parents)?;
    let script = Script { header, ..Script::default() };
    let draft = new_script::draft(&project, &graph, &args.new, &parents, format, script)?;
    new_script::write(global, &project, &draft)?;
    Ok(ExitCode::SUCCESS)
}
