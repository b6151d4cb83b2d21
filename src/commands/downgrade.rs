//! The command `db downgrade`.

use std::process::ExitCode;

use anyhow::Result;

use super::consent::Consent;
use super::offline::{self, Offline};
use super::plan::{self, Planning, SavedPlan};
use super::session;
use super::way::{Range, Way};
use crate::commands::global::Global;
use crate::dialect::Access;
use crate::graph::Direction;

/// Take revisions back, down to a place
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where to: base, an id, -2, label@base ...; with --sql a range
    #[arg(default_value = "-1", allow_negative_numbers = true)]
    revision: Way,
    #[command(flatten)]
    offline: Offline,
    #[command(flatten)]
    planning: Planning,
    /// A note for the log, behind the name of who runs it, and for the top of a script
    #[arg(long, value_name = "TEXT")]
    tag: Option<String>,
    #[command(flatten)]
    consent: Consent,
}

impl Args {
    /// The range that is named where nothing but a script could take one.
    pub(crate) fn range_without_sql(&self) -> Option<&Range> {
        self.offline.misplaced(std::slice::from_ref(&self.revision))
    }
}

/// Takes back what stands above the target.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let Args { revision, offline, planning, tag, consent } = args;
    let (direction, tag) = (Direction::Downgrade, tag.as_deref());
    if offline.sql {
        offline::print(global, offline, tag, direction, revision)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(path) = &planning.from_plan {
        let saved = SavedPlan::read(path, direction)?;
        session::carry_out(
            global,
            Access::Change,
            consent,
            tag,
            |project, graph, heads, database| saved.plan(project, graph, heads, database),
        )?;
        return Ok(ExitCode::SUCCESS);
    }
    let target = revision.target()?;
    if planning.plan {
        plan::show(global, planning, direction, |graph, heads| {
            graph.plan_downgrade(target, heads)
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    session::carry_out(global, Access::Change, consent, tag, |_, graph, heads, _| {
        Ok(graph.plan_downgrade(target, heads)?)
    })?;
    Ok(ExitCode::SUCCESS)
}
