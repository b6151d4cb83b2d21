//! The command `db upgrade`.

use std::process::ExitCode;

use anyhow::Result;

use super::running::Running;
use super::way::{Range, Way};
use crate::commands::global::Global;
use crate::graph::Direction;

/// Run the revisions up to a place
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where to: an id, head, heads, +1, label@head ...; with --sql also a range
    #[arg(default_value = "head", allow_negative_numbers = true)]
    revision: Way,
    #[command(flatten)]
    running: Running,
    /// Run also where there are tables and no history
    #[arg(long)]
    allow_dirty: bool,
}

impl Args {
    /// The range that is named where nothing but a script could take one.
    pub(crate) fn range_without_sql(&self) -> Option<&Range> {
        self.running.range_without_sql(&self.revision)
    }
}

/// Runs what is missing up to the target.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    args.running.go(global, Direction::Upgrade, &args.revision, args.allow_dirty)
}
