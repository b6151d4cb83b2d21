//! Programs that scripts run.

use std::path::Path;
use std::process::Command;

use crate::run::Cause;

/// What becomes of the programs that scripts run.
#[derive(Clone, Copy, Debug)]
pub enum Programs<'a> {
    /// They run.
    Run(Surroundings<'a>),
    /// They are passed over, where only the schema matters that a script leaves.
    Skip,
    /// They are refused: what the scripts do is written down as SQL.
    Refuse,
}

/// Where and on which database a program works.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The folder in which it runs.
    pub folder: &'a Path,
    /// What it finds in `DATABASE_URL`: an address that holds in every folder.
    pub url: &'a str,
    /// More variables that it finds.
    pub variables: &'a [(String, String)],
}

/// Runs a program to its end.
pub(super) fn run(command: &[String], programs: Programs) -> Result<(), Cause> {
    let surroundings = match programs {
        Programs::Run(surroundings) => surroundings,
        Programs::Skip => return Ok(()),
        Programs::Refuse => return Err(Cause::ProgramOffline { command: command.join(" ") }),
    };
    let Some((program, arguments)) = command.split_first() else { return Ok(()) };
    let status = Command::new(program)
        .args(arguments)
        .current_dir(surroundings.folder)
        .env("DATABASE_URL", surroundings.url)
        .envs(surroundings.variables.iter().map(|(name, value)| (name, value)))
        // What it says is talk.
        .stdout(std::io::stderr())
        .status();
    let outcome = match status {
        Ok(status) if status.success() => return Ok(()),
        Ok(status) => status.to_string(),
        Err(error) => error.to_string(),
    };
    Err(Cause::Program { command: command.join(" "), outcome })
}
