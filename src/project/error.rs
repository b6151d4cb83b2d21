//! What can be wrong with a project.

use std::path::PathBuf;

use super::ClockError;
use crate::dialect::DbError;
use crate::dialect::url::UrlError;
use crate::error::{Mistakes, list, nearest};
use crate::graph::GraphError;
use crate::models::ModelsError;
use crate::script::ReadError;

/// A project that cannot be opened or read.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// A file or folder cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A file cannot be written.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file says something wrong.
    #[error(transparent)]
    Mistakes(#[from] Mistakes),
    /// The models are wrong.
    #[error(transparent)]
    Models(#[from] ModelsError),
    /// There is no environment or database of that name.
    #[error("db.toml has no {what} `{name}`")]
    Unknown {
        /// Environment or database.
        what: &'static str,
        /// The name.
        name: String,
        /// What to do.
        hint: String,
    },
    /// There is no folder of migrations.
    #[error("there is no folder `{}`", path.display())]
    NoMigrations {
        /// The folder.
        path: PathBuf,
    },
    /// The revisions contradict each other; never empty.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Graph(Vec<GraphError>),
    /// An address is wrong.
    #[error("{origin} is no address")]
    Url {
        /// Where it was said.
        origin: &'static str,
        /// Why.
        #[source]
        source: UrlError,
    },
    /// The `.env` file is wrong.
    #[error("cannot read `{}`: {message}", path.display())]
    DotEnv {
        /// The file.
        path: PathBuf,
        /// Why; holds nothing of its text.
        message: String,
    },
    /// The clock cannot be stopped there.
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// The database does not answer.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl ProjectError {
    pub(super) fn unknown<'a>(
        what: &'static str,
        name: &str,
        known: impl Iterator<Item = &'a String>,
    ) -> ProjectError {
        let known: Vec<&str> = known.map(String::as_str).collect();
        let hint = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => format!("add a section `[{what}s.{name}]`"),
            None => format!("it has {}", list(&known, "and")),
        };
        ProjectError::Unknown { what, name: name.to_owned(), hint }
    }

    /// The statement that failed, and the byte at which the database points.
    pub fn statement(&self) -> Option<(&str, Option<usize>)> {
        match self {
            ProjectError::Db(error) => error.statement(),
            _ => None,
        }
    }

    /// Lines that follow the message.
    pub(crate) fn details(&self) -> &str {
        match self {
            ProjectError::Models(error) => error.details(),
            _ => "",
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            ProjectError::Unknown { hint, .. } => Some(hint.clone()),
            ProjectError::NoMigrations { .. } => {
                Some("`db init` makes it; `-d` names another folder".to_owned())
            }
            ProjectError::Models(error) => error.hint(),
            ProjectError::Clock(error) => error.hint(),
            ProjectError::Db(error) => error.hint(),
            _ => None,
        }
    }
}
