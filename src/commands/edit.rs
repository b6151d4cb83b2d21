//! The command `db edit`.

use std::env;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use super::standing::standing_for;
use crate::commands::global::Global;
use crate::error::list;
use crate::graph::Target;

/// Open scripts in the editor
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which: ids or the beginnings of some, head, current, -1 ...
    #[arg(default_value = "head", allow_negative_numbers = true)]
    revisions: Vec<Target>,
}

/// Opens the scripts of the revisions in `$VISUAL` or `$EDITOR`.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let project = global.project()?;
    let graph = project.graph()?;
    let current = standing_for(&project, &graph, &args.revisions)?;
    let found = graph.resolve_each(&args.revisions, &current.unwrap_or_default())?;
    if found.is_empty() {
        let targets: Vec<_> = args.revisions.iter().map(Target::to_string).collect();
        return Err(EditError::NoScript { targets }.into());
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
    let line = variable("VISUAL").or_else(|| variable("EDITOR")).ok_or(EditError::NoEditor)?;
    let mut words = words(&line).into_iter();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words);
    Ok(command)
}

/// The words of a command line, of which quotes hold several together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, _) if c.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// Why nothing was opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EditError {
    #[error("there is no script at {}", list(targets, "or"))]
    NoScript { targets: Vec<String> },
    #[error("there is no editor")]
    NoEditor,
}

impl EditError {
    pub(crate) fn hint(&self) -> Option<String> {
        let hint = match self {
            EditError::NoScript { .. } => "`db history` shows the revisions there are",
            EditError::NoEditor => "set the variable `EDITOR`, as in `EDITOR=nano db edit`",
        };
        Some(hint.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn quotes_hold_words_together() {
        assert_eq!(words(" code  --wait"), ["code", "--wait"]);
        assert_eq!(
            words("'/opt/my editor/vi' -c \"set nu\" ''"),
            ["/opt/my editor/vi", "-c", "set nu", ""]
        );
        assert_eq!(words(r"C:\Tools\edit.exe"), [r"C:\Tools\edit.exe"]);
    }
}
