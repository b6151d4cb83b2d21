//! The command `db completions`.

use std::io::{self, Write};
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
    // The generator takes a closed pipe for a reason to panic.
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut C::command(), "db", &mut text);
    io::stdout().lock().write_all(&text)?;
    Ok(ExitCode::SUCCESS)
}
