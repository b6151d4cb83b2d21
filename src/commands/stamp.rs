//! The command `db stamp`.

use std::process::ExitCode;

use anyhow::Result;
use serde_json::{Value, json};

use super::accept::accept;
use super::offline::{self, Offline};
use super::session;
use super::standing::standing;
use super::way::{Range, Way};
use crate::commands::global::Global;
use crate::dialect::Access;
use crate::graph::{Heads, Stamp};
use crate::run;
use crate::terminal::ACTION;

/// Say where the database stands, without running anything
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where it stands: ids, head, heads, base ...; with --sql also ranges
    #[arg(default_value = "head", allow_negative_numbers = true)]
    revisions: Vec<Way>,
    /// Forget first whatever the version table says
    #[arg(long)]
    purge: bool,
    #[command(flatten)]
    offline: Offline,
    /// A note for the top of a script
    #[arg(long, value_name = "TEXT", requires = "sql")]
    tag: Option<String>,
}

impl Args {
    /// The range that is named where nothing but a script could take one.
    pub(crate) fn range_without_sql(&self) -> Option<&Range> {
        self.offline.misplaced(&self.revisions)
    }
}

/// Sets the version table.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let Args { revisions, purge, offline, tag } = args;
    if offline.sql {
        offline::print_stamp(global, offline, tag.as_deref(), revisions, *purge)?;
        return Ok(ExitCode::SUCCESS);
    }
    let targets = revisions.iter().map(|way| way.target().cloned());
    let targets = targets.collect::<Result<Vec<_>, _>>()?;
    let terminal = global.terminal();
    let project = global.project()?;
    let graph = project.graph_at_heads()?;
    let mut database = project.connect(Access::Create)?;
    database.prepare(&project.limits())?;
    // What nobody knows can only be purged.
    let heads = match purge {
        true => database.heads()?,
        false => standing(&graph, &mut database)?,
    };
    if !args.purge {
        accept(global, &project, &graph, &mut database)?;
    }
    let mut stamps = Vec::new();
    let mut from = heads.clone();
    if *purge && !from.is_empty() {
        stamps.push(Stamp { from: std::mem::take(&mut from), to: Heads::new() });
    }
    stamps.extend(graph.plan_stamp(&targets, &from)?);
    if !stamps.is_empty() || database.half_done()?.is_some() {
        session::within(global, &project, &mut database, None, None, |session| {
            Ok(run::stamp(session, &heads, &stamps)?)
        })?;
    }
    for stamp in &stamps {
        terminal.talk(format!("{ACTION}Running{ACTION:#} {stamp}"));
    }
    if terminal.json {
        let object = |Stamp { from, to }: &Stamp| json!({ "from": from, "to": to });
        terminal.answer_json(&Value::Array(stamps.iter().map(object).collect()))?;
    }
    Ok(ExitCode::SUCCESS)
}
