//! Programs that `db.toml` and scripts name: where they run, and what they find there.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

/// Where and on which database a program works.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The folder in which it runs.
    pub folder: &'a Path,
    /// What it finds in `DATABASE_URL`: an address that holds in every folder. Without one it finds
    /// what is there.
    pub url: Option<&'a str>,
    /// More variables that it finds.
    pub variables: &'a [(String, String)],
}

impl<'a> From<&'a Path> for Surroundings<'a> {
    fn from(folder: &'a Path) -> Surroundings<'a> {
        Surroundings { folder, url: None, variables: &[] }
    }
}

/// The program that `words` name, with its arguments; `None` when there is no word.
pub(crate) fn command(words: &[impl AsRef<OsStr>], surroundings: &Surroundings) -> Option<Command> {
    let (program, arguments) = words.split_first()?;
    let mut command = Command::new(program);
    command.args(arguments).current_dir(surroundings.folder);
    command.envs(surroundings.url.map(|url| ("DATABASE_URL", url)));
    command.envs(surroundings.variables.iter().map(|(name, value)| (name, value)));
    Some(command)
}
