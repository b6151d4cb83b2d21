//! Files that a command writes for a person.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::project::replace;
use crate::terminal::{ACTION, Terminal};

/// Writes a file, whole or not at all, with the folders above it. One that is there is only
/// written over with `force`.
///
/// # Errors
/// `FileTaken`, and whatever the system says.
pub(super) fn write(terminal: &Terminal, path: &Path, text: &str, force: bool) -> Result<()> {
    let shown = path.display();
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || -> Result<()> {
        std::fs::create_dir_all(folder)?;
        let mut file = replace::temporary(folder)?;
        file.write_all(text.as_bytes())?;
        replace::readable(&file)?;
        file.as_file().sync_all()?;
        if force {
            file.persist(path)?;
            return Ok(());
        }
        match file.persist_noclobber(path) {
            Ok(_) => Ok(()),
            Err(failed) if failed.error.kind() == ErrorKind::AlreadyExists => {
                Err(FileTaken { path: path.to_owned() }.into())
            }
            Err(failed) => Err(failed.error.into()),
        }
    };
    write().map_err(|error| match error.is::<FileTaken>() {
        true => error,
        false => error.context(format!("cannot write `{shown}`")),
    })?;
    terminal.talk(format!("{ACTION}Generating{ACTION:#} {shown} ... done"));
    Ok(())
}

/// Something of that name is there.
#[derive(Debug, thiserror::Error)]
#[error("there is a file `{}` already", path.display())]
pub(crate) struct FileTaken {
    path: PathBuf,
}

impl FileTaken {
    pub(crate) fn hint(&self) -> Option<String> {
        Some("`--force` writes over it".to_owned())
    }
}
