//! The command `db upgrade`.

use std::process::ExitCode;

use anyhow::Result;

use super::consent::Consent;
use super::session;
use crate::commands::global::Global;
use crate::dialect::Access;
use crate::graph::Target;

/// Run the revisions up to a place
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where to: an id, head, heads, +1, label@head ...
    #[arg(default_value = "head", allow_negative_numbers = true)]
    revision: Target,
    #[command(flatten)]
    consent: Consent,
}

/// Runs what is missing up to the target.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    session::carry_out(global, Access::Create, &args.consent, |graph, heads| {
        graph.plan_upgrade(&args.revision, heads)
    })?;
    Ok(ExitCode::SUCCESS)
}
