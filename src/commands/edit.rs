//! The command `db edit`.

use std::env;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use crate::commands::global::Global;
use crate::dialect::Access;
use crate::graph::{Heads, Target};

/// Open a script in the editor
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which: an id or the beginning of one, head, current, -1 ...
    #[arg(default_value = "head", allow_negative_numbers = true)]
    revision: Target,
}

/// Opens the script of each revision in `$VISUAL` or `$EDITOR`.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let project = global.project()?;
    let graph = project.graph()?;
    let current = match args.revision.asks_database() {
        true => project.connect(Access::Look)?.heads()?,
        false => Heads::new(),
    };
    let found = graph.resolve(&args.revision, &current)?;
    if found.is_empty() {
        bail!("there is no script at `{}`", args.revision);
    }
    let mut command = editor()?;
    command.args(found.iter().map(|it| &it.path));
    let status = command.status().with_context(|| {
        format!("cannot start the editor `{}`", command.get_program().to_string_lossy())
    })?;
    if !status.success() {
        bail!("the editor failed: {status}");
    }
    Ok(ExitCode::SUCCESS)
}

/// The editor with its arguments: the variables may hold both.
fn editor() -> Result<Command> {
    let variable = |name| env::var(name).ok().filter(|it| !it.trim().is_empty());
    let Some(line) = variable("VISUAL").or_else(|| variable("EDITOR")) else {
        bail!("there is no editor: set the variable `EDITOR`");
    };
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words);
    Ok(command)
}
