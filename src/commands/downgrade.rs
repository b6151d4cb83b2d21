//! The command `db downgrade`.

use std::process::ExitCode;

use anyhow::Result;

use super::running::Running;
use super::way::{Range, Way};
use crate::commands::global::Global;
use crate::graph::Direction;

/// Take revisions back, down to a place
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where to: base, an id, -2, label@base ...; with --sql a range
    #[arg(default_value = "-1", allow_negative_numbers = true)]
    revision: Way,
    #[command(flatten)]
    running: Running,
}

impl Args {
    /// The range that is named where nothing but a script could take one.
    pub(crate) fn range_without_sql(&self) -> Option<&Range> {
        self.running.range_without_sql(&self.revision)
    }
}

/// Takes back what stands above the target.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    args.running.go(global, Direction::Downgrade, &args.revision, true)
}
