//! Paths as a person would write them.

use std::path::{Path, PathBuf};

/// The path as a person in `folder` would write it: `../../db.toml` where both are below one
/// folder.
pub(super) fn shown(path: &Path, folder: &Path) -> PathBuf {
    let mut up = PathBuf::new();
    for above in folder.ancestors().take_while(|it| it.parent().is_some()) {
        if let Ok(below) = path.strip_prefix(above) {
            return up.join(below);
        }
        up.push("..");
    }
    path.to_owned()
}

/// The path as a person in the working folder would write it.
pub(super) fn relative(path: &Path) -> PathBuf {
    match std::env::current_dir() {
        Ok(folder) => shown(path, &folder),
        Err(_) => path.to_owned(),
    }
}
