//! The command `db completions`.

use std::io;
use std::process::ExitCode;

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

/// Write the completions of a shell
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which shell
    shell: Shell,
}

/// Writes the completions of the command line `C`.
pub fn run<C: CommandFactory>(args: &Args) -> Result<ExitCode> {
    clap_complete::generate(args.shell, &mut C::command(), "db", &mut io::stdout());
    Ok(ExitCode::SUCCESS)
}
