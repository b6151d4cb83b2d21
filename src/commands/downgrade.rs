//! The command `db downgrade`.

use std::process::ExitCode;

use anyhow::Result;

use super::consent::Consent;
use super::session;
use crate::commands::global::Global;
use crate::dialect::Access;
use crate::graph::Target;

/// Take revisions back, down to a place
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where to: base, an id, -2, label@base ...
    #[arg(default_value = "-1", allow_negative_numbers = true)]
    revision: Target,
    #[command(flatten)]
    consent: Consent,
}

/// Takes back what stands above the target.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    session::carry_out(global, Access::Change, &args.consent, |graph, heads| {
        graph.plan_downgrade(&args.revision, heads)
    })?;
    Ok(ExitCode::SUCCESS)
}
