//! Which database: the command line, the environment, `.env`, `db.toml`, in this order.

use std::env;
use std::path::{Path, PathBuf};

use super::config::Placed;
use super::{Given, Project, ProjectError, relative};
use crate::dialect::url::Url;
use crate::error::{Mistake, Mistakes, Place};

const VARIABLE: &str = "DATABASE_URL";
/// The address when nothing names one.
pub const DEFAULT_URL: &str = "sqlite:///app.db";

impl Project {
    /// The address of the database, and the folder from which a relative path in it counts.
    ///
    /// # Errors
    /// When the address is wrong or names a variable that is not set.
    pub fn url(&self) -> Result<(Url, PathBuf), ProjectError> {
        let root = relative(&self.root);
        let parse = |text: &str, origin: &'static str| {
            text.parse::<Url>().map_err(|source| ProjectError::Url { origin, source })
        };
        if let Some(text) = &self.selection.url {
            return Ok((parse(text, "`--url`")?, PathBuf::new()));
        }
        // A variable speaks of the default database, not of one that was asked for by name.
        if self.selection.database.is_none() {
            if let Ok(text) = env::var(VARIABLE) {
                return Ok((parse(&text, "the variable `DATABASE_URL`")?, PathBuf::new()));
            }
            if let Some(text) = dotenv(&self.root.join(".env"))? {
                return Ok((parse(&text, "`DATABASE_URL` in .env")?, root));
            }
        }
        match &self.url {
            Some(placed) => Ok((self.parse(placed)?, root)),
            None => Ok((parse(DEFAULT_URL, "the default")?, root)),
        }
    }
}

impl Project {
    /// The address of the database in which trials are made, and the folder from which a relative
    /// path in it counts; `None` when each is made in a database of its own.
    ///
    /// # Errors
    /// When the address is wrong or names a variable that is not set.
    pub fn scratch_url(&self) -> Result<Option<(Url, PathBuf)>, ProjectError> {
        let Some(placed) = &self.scratch_url else { return Ok(None) };
        Ok(Some((self.parse(placed)?, relative(&self.root))))
    }

    fn parse(&self, placed: &Placed) -> Result<Url, ProjectError> {
        let text = fill(&placed.text, Origin::Place(&placed.place), &self.selection.given)?;
        let url = text.parse::<Url>().map_err(|error| {
            Mistake::new(error.to_string(), placed.place.clone()).hint(error.hint())
        });
        Ok(url.map_err(Mistakes::from)?)
    }
}

/// `DATABASE_URL` in a `.env` file, if there is one.
fn dotenv(path: &Path) -> Result<Option<String>, ProjectError> {
    if !path.is_file() {
        return Ok(None);
    }
    let wrong = |error: dotenvy::Error| ProjectError::DotEnv {
        path: relative(path),
        // The error of a line holds the line, and the line may hold a password.
        message: match error {
            dotenvy::Error::LineParse(_, at) => format!("a line is wrong at character {}", at + 1),
            other => other.to_string(),
        },
    };
    for pair in dotenvy::from_path_iter(path).map_err(wrong)? {
        let (key, value) = pair.map_err(wrong)?;
        if key == VARIABLE {
            return Ok(Some(value));
        }
    }
    Ok(None)
}

/// Where a text with `${VAR}` comes from.
#[derive(Clone, Copy)]
pub(super) enum Origin<'a> {
    /// A place in a file.
    Place(&'a Place),
    /// An option of this name.
    Option(&'static str),
}

/// Puts values in the place of `${VAR}` and `${VAR:-default}`, from the environment, and of
/// `${x.name}`, from the command line.
pub(super) fn fill(text: &str, origin: Origin, given: &Given) -> Result<String, ProjectError> {
    let mistake = |message: String, hint: String| {
        let (message, place) = match origin {
            Origin::Place(place) => (message, Some(place.clone())),
            Origin::Option(option) => {
                (format!("`{option}` of db.toml is `{text}`, and {message}"), None)
            }
        };
        let mistake = Mistake { message, place, hint: Some(hint) };
        ProjectError::from(Mistakes::from(mistake))
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        out.push_str(&rest[..at]);
        let inner = &rest[at + 2..];
        let Some(end) = inner.find('}') else {
            return Err(mistake("`${` is never closed".to_owned(), "write `${VAR}`".to_owned()));
        };
        let (name, default) = match inner[..end].split_once(":-") {
            Some((name, default)) => (name, Some(default)),
            None => (&inner[..end], None),
        };
        let value = match name.strip_prefix("x.") {
            Some(name) => given.get(name).map(str::to_owned),
            None => env::var(name).ok(),
        };
        let value = value.filter(|it| !it.is_empty() || default.is_none());
        match value.or(default.map(str::to_owned)) {
            Some(value) => out.push_str(&value),
            None => {
                let (message, give) = match name.strip_prefix("x.") {
                    Some(x) => (format!("`{name}` is not given"), format!("say `-x {x}=VALUE`")),
                    None => {
                        (format!("the environment has no variable `{name}`"), "set it".to_owned())
                    }
                };
                return Err(mistake(message, format!("{give}, or write `${{{name}:-default}}`")));
            }
        }
        rest = &inner[end + 1..];
    }
    out.push_str(rest);
    Ok(out)
}
