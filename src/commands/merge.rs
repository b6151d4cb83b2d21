//! The command `db merge`.

use std::process::ExitCode;

use anyhow::{Result, bail};

use super::new_script::{self, NewScript};
use super::standing::standing_for;
use crate::commands::global::Global;
use crate::graph::Target;
use crate::script::Script;

/// Write a revision that joins several
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which: two ids or more, or heads
    #[arg(required = true, allow_negative_numbers = true)]
    revisions: Vec<Target>,
    #[command(flatten)]
    new: NewScript,
    /// Let it join revisions that are no heads
    #[arg(long)]
    splice: bool,
}

/// Writes an empty script with several parents.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let project = global.project()?;
    let format = global.script_format(&project);
    let graph = project.graph()?;
    let current = standing_for(&project, &graph, &args.revisions)?.unwrap_or_default();
    let parents = graph.parents_for(&args.revisions, args.splice, &current)?;
    if let [only] = parents[..] {
        bail!("there is nothing to merge: `{}` is the only one", only.id);
    }
    let header = args.new.header(&project, &graph, &parents)?;
    let script = Script { header, ..Script::default() };
    let draft = new_script::draft(&project, &graph, &args.new, &parents, format, script)?;
    new_script::write(global, &project, &draft)?;
    Ok(ExitCode::SUCCESS)
}
