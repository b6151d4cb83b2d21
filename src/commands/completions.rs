//! The command `db completions`.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use clap::Command;
use clap_complete::Shell;

/// Write the completions of a shell
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which shell
    shell: Shell,
}

/// Writes the completions of `command`, the whole command line.
pub fn run(args: &Args, mut command: Command) -> Result<ExitCode> {
    // The generator takes a closed pipe for a reason to panic.
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut command, "db", &mut text);
    io::stdout().lock().write_all(&text)?;
    Ok(ExitCode::SUCCESS)
}
