//! Where models come from.

use std::fmt;

/// One entry of `models` in `db.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelSource {
    /// A path or a glob, relative to the folder of `db.toml`.
    Files(String),
    /// A program with its arguments, whose standard output is the models.
    Program(Vec<String>),
}

/// As messages call it: `models/*.toml`, `python models.py`.
impl fmt::Display for ModelSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ModelSource::Files(pattern) => f.write_str(pattern),
            ModelSource::Program(words) => f.write_str(&words.join(" ")),
        }
    }
}
