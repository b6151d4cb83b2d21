//! The command `db stamp`.

use std::process::ExitCode;

use anyhow::Result;

use super::session;
use super::standing::standing;
use crate::commands::global::Global;
use crate::dialect::Access;
use crate::graph::{Heads, Stamp, Target};
use crate::run;
use crate::terminal::ACTION;

/// Say where the database stands, without running anything
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where it stands: ids, head, heads, base ...
    #[arg(default_value = "head", allow_negative_numbers = true)]
    revisions: Vec<Target>,
    /// Forget first whatever the version table says
    #[arg(long)]
    purge: bool,
}

/// Sets the version table.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let terminal = global.terminal();
    let project = global.project()?;
    let graph = project.graph_at_heads()?;
    let mut database = project.connect(Access::Create)?;
    database.prepare(&project)?;
    // What nobody knows can only be purged.
    let heads = match args.purge {
        true => database.heads()?,
        false => standing(&graph, &mut database)?,
    };
    let mut stamps = Vec::new();
    let mut from = heads.clone();
    if args.purge && !from.is_empty() {
        stamps.push(Stamp { from: std::mem::take(&mut from), to: Heads::new() });
    }
    stamps.extend(graph.plan_stamp(&args.revisions, &from)?);
    if stamps.is_empty() && database.half_done()?.is_none() {
        return Ok(ExitCode::SUCCESS);
    }
    session::within(global, &project, &mut database, |session| {
        Ok(run::stamp(session, &heads, &stamps)?)
    })?;
    for stamp in stamps {
        terminal.talk(format!("{ACTION}Running{ACTION:#} {stamp}"));
    }
    Ok(ExitCode::SUCCESS)
}
