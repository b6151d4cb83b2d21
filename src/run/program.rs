//! Programs that scripts run.

use crate::program::{self, Surroundings};
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

/// Runs a program to its end.
pub(super) fn run(words: &[String], programs: Programs) -> Result<(), Cause> {
    let surroundings = match programs {
        Programs::Run(surroundings) => surroundings,
        Programs::Skip => return Ok(()),
        Programs::Refuse => return Err(Cause::ProgramOffline { command: words.join(" ") }),
    };
    let Some(mut command) = program::command(words, &surroundings) else { return Ok(()) };
    // What it says is talk.
    let outcome = match command.stdout(std::io::stderr()).status() {
        Ok(status) if status.success() => return Ok(()),
        Ok(status) => status.to_string(),
        Err(error) => error.to_string(),
    };
    Err(Cause::Program { command: words.join(" "), outcome })
}
