//! The options behind the question mark of an address, and the variables that stand in for them.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::dialect::DbError;
use crate::dialect::url::Url;
use crate::error::nearest;

/// The options, each with the variable of the environment that says the same:
/// <https://dev.mysql.com/doc/refman/8.4/en/environment-variables.html>.
const KNOWN: [(&str, Option<&str>); 12] = [
    ("host", Some("MYSQL_HOST")),
    ("port", Some("MYSQL_TCP_PORT")),
    ("socket", Some("MYSQL_UNIX_PORT")),
    ("user", None),
    ("password", Some("MYSQL_PWD")),
    ("ssl-mode", None),
    ("ssl-ca", None),
    ("ssl-cert", None),
    ("ssl-key", None),
    ("charset", None),
    ("connect-timeout", None),
    ("program-name", None),
];

/// Names that other clients have for the same.
const ALIASES: [(&str, &str); 3] =
    [("unix-socket", "socket"), ("sslmode", "ssl-mode"), ("username", "user")];

/// What an address says behind its question mark.
pub(super) struct Options<'a> {
    url: &'a Url,
    folder: &'a Path,
    variable: &'a dyn Fn(&str) -> Option<String>,
}

impl<'a> Options<'a> {
    /// # Errors
    /// When one is unknown, is given twice, or asks for what there is not.
    pub(super) fn new(
        url: &'a Url,
        folder: &'a Path,
        variable: &'a dyn Fn(&str) -> Option<String>,
    ) -> Result<Options<'a>, DbError> {
        let options = Options { url, folder, variable };
        let mut seen: Vec<(String, &str)> = Vec::new();
        for (given, value) in &url.options {
            let name = canonical(given);
            if !KNOWN.iter().any(|(known, _)| *known == name) {
                let names = KNOWN.iter().map(|it| it.0).chain(ALIASES.iter().map(|it| it.0));
                let hint = match nearest(&name, names) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "leave it out: it means something to another client".to_owned(),
                };
                return Err(options.wrong(&format!("there is no option `{given}`"), &hint));
            }
            if let Some((_, before)) = seen.iter().find(|it| it.0 == name) {
                let message = format!("`{before}` and `{given}` are the same option");
                return Err(options.wrong(&message, "leave one of them out"));
            }
            seen.push((name.clone(), given));
            let is_utf8 = |it: &str| ["utf8mb4", "utf8"].contains(&it.to_lowercase().as_str());
            if name == "charset" && !is_utf8(value) {
                let message = format!("`{given}={value}` cannot be followed");
                return Err(options.wrong(&message, "everything is UTF-8: leave it out"));
            }
        }
        Ok(options)
    }

    /// The name of an option as the address has it, with its value.
    fn given(&self, name: &str) -> Option<(&str, &str)> {
        let mut options = self.url.options.iter();
        let (given, value) = options.find(|(given, _)| canonical(given) == name)?;
        (!value.is_empty()).then_some((given, value))
    }

    /// The name by which the address, or otherwise the environment, says this.
    fn said_as(&self, name: &str) -> String {
        let variable = KNOWN.iter().find(|it| it.0 == name).and_then(|it| it.1);
        let given = self.given(name).map(|it| it.0);
        given.or(variable).unwrap_or(name).to_owned()
    }

    /// Whether the address itself has the option.
    pub(super) fn is_given(&self, name: &str) -> bool {
        self.given(name).is_some()
    }

    /// The value of an option, or of the variable that stands in for it.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let variable = || KNOWN.iter().find(|it| it.0 == name).and_then(|it| it.1);
        self.given(name).map(|it| it.1.to_owned()).or_else(|| (self.variable)(variable()?))
    }

    /// What a variable of the environment says that no option stands for.
    pub(super) fn environment(&self, name: &str) -> Option<String> {
        (self.variable)(name)
    }

    /// The path in an option. One in the address counts from the folder of the project.
    pub(super) fn file(&self, name: &str) -> Option<PathBuf> {
        let text = self.text(name)?;
        Some(if self.is_given(name) { self.folder.join(text) } else { PathBuf::from(text) })
    }

    /// The number in an option.
    pub(super) fn number<T: FromStr>(&self, name: &str) -> Result<Option<T>, DbError> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let number = text.trim().parse().map_err(|_| {
            let (what, hint) = match name {
                "port" => ("is no port", "a port is a number up to 65535"),
                _ => ("is no time", "it is a number of seconds"),
            };
            self.wrong(&format!("`{}={text}` {what}", self.said_as(name)), hint)
        })?;
        Ok(Some(number))
    }

    /// That an option is none of the words it can be.
    pub(super) fn one_of(&self, name: &str, value: &str, words: &str) -> DbError {
        let what = format!("there is no `{}={value}`", self.said_as(name));
        self.wrong(&what, &format!("there are {words}"))
    }

    /// That something in the address is wrong.
    pub(super) fn wrong(&self, message: &str, hint: &str) -> DbError {
        DbError::Open {
            place: format!("`{}`", self.url),
            message: message.to_owned(),
            hint: Some(hint.to_owned()),
        }
    }
}

/// The name of an option by which it is known here: `ssl_mode` and `sslmode` are `ssl-mode`.
fn canonical(name: &str) -> String {
    let name = name.to_lowercase().replace('_', "-");
    match ALIASES.iter().find(|it| it.0 == name) {
        Some((_, known)) => (*known).to_owned(),
        None => name,
    }
}
