//! The command `db downgrade`.

use std::process::ExitCode;

use anyhow::Result;

use super::consent::Consent;
use super::offline::{self, Offline, Way};
use super::session;
use crate::commands::global::Global;
use crate::dialect::Access;
use crate::graph::{Direction, TargetRange};

/// Take revisions back, down to a place
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where to: base, an id, -2, label@base ...; with --sql a range
    #[arg(default_value = "-1", allow_negative_numbers = true)]
    revision: Way,
    #[command(flatten)]
    offline: Offline,
    /// A note for the log, behind the name of who runs it, and for the top of a script
    #[arg(long, value_name = "TEXT")]
    tag: Option<String>,
    #[command(flatten)]
    consent: Consent,
}

impl Args {
    /// The range that is named where nothing but a script could take one.
    pub(crate) fn range_without_sql(&self) -> Option<&TargetRange> {
        self.offline.misplaced(std::slice::from_ref(&self.revision))
    }
}

/// Takes back what stands above the target.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let Args { revision, offline, tag, consent } = args;
    let tag = tag.as_deref();
    if offline.sql {
        offline::print(global, offline, tag, Direction::Downgrade, revision)?;
        return Ok(ExitCode::SUCCESS);
    }
    let target = revision.target()?;
    session::carry_out(global, Access::Change, consent, tag, |graph, heads| {
        graph.plan_downgrade(target, heads)
    })?;
    Ok(ExitCode::SUCCESS)
}
