//! Putting a new text in the place of a file.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// Writes `text` to the file at `path`, all of it or nothing. A file that is there keeps its
/// rights, and one that is a link stays one. What is no file, a pipe or a device, stays what it is.
///
/// # Errors
/// Whatever the system says.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    if path.metadata().is_ok_and(|it| !it.is_file() && !it.is_dir()) {
        return File::options().write(true).open(path)?.write_all(text.as_bytes());
    }
    let path = match path.canonicalize() {
        Ok(real) => real,
        Err(_) => std::path::absolute(path)?,
    };
    let mut file = temporary(path.parent().unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    match path.metadata() {
        Ok(old) => file.as_file().set_permissions(old.permissions())?,
        Err(_) => readable(&file)?,
    }
    file.as_file().sync_all()?;
    file.persist(&path)?;
    Ok(())
}

/// A new file in `folder`, to be given its name when it is whole.
///
/// # Errors
/// Whatever the system says, less the name of the file, which nobody knows.
pub(crate) fn temporary(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::Builder::new().make_in(folder, |path| File::create_new(path))
}

/// Gives the file the rights that any new file gets here, instead of a temporary file's own.
///
/// # Errors
/// Whatever the system says.
#[cfg(unix)]
pub(crate) fn readable(file: &tempfile::NamedTempFile) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))
}

/// Nothing is to be done here.
#[cfg(not(unix))]
pub(crate) fn readable(_: &tempfile::NamedTempFile) -> io::Result<()> {
    Ok(())
}
