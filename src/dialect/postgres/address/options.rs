//! The options behind the question mark of an address, and the variables that stand in for them.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::dialect::DbError;
use crate::dialect::url::Url;
use crate::error::nearest;

/// The options, each with the variable of the environment that says the same:
/// <https://www.postgresql.org/docs/current/libpq-envars.html>.
const KNOWN: [(&str, Option<&str>); 30] = [
    ("host", Some("PGHOST")),
    ("hostaddr", Some("PGHOSTADDR")),
    ("port", Some("PGPORT")),
    ("dbname", Some("PGDATABASE")),
    ("user", Some("PGUSER")),
    ("password", Some("PGPASSWORD")),
    ("passfile", Some("PGPASSFILE")),
    ("sslmode", Some("PGSSLMODE")),
    ("sslrootcert", Some("PGSSLROOTCERT")),
    ("sslcert", Some("PGSSLCERT")),
    ("sslkey", Some("PGSSLKEY")),
    ("sslnegotiation", Some("PGSSLNEGOTIATION")),
    ("channel_binding", Some("PGCHANNELBINDING")),
    ("connect_timeout", Some("PGCONNECT_TIMEOUT")),
    ("application_name", Some("PGAPPNAME")),
    ("fallback_application_name", None),
    ("options", Some("PGOPTIONS")),
    ("search_path", None),
    ("target_session_attrs", Some("PGTARGETSESSIONATTRS")),
    ("keepalives", None),
    ("keepalives_idle", None),
    ("keepalives_interval", None),
    ("keepalives_count", None),
    ("tcp_user_timeout", None),
    // These are taken where they ask for what is so.
    ("client_encoding", None),
    ("gssencmode", None),
    ("sslcompression", None),
    ("sslsni", None),
    ("load_balance_hosts", None),
    ("sslpassword", None),
];

/// Options of which only some values can be followed, with those, and what to say of others.
const FIXED: [(&str, &[&str], &str); 6] = [
    ("client_encoding", &["utf8", "utf-8", "unicode", "auto"], "everything is UTF-8"),
    ("gssencmode", &["disable", "prefer"], "there is no encryption by GSSAPI: `sslmode` has TLS"),
    ("sslcompression", &["0"], "nothing is compressed"),
    ("sslsni", &["1"], "the server is always told which host is wanted"),
    ("load_balance_hosts", &["disable"], "hosts are tried in their order"),
    ("sslpassword", &[""], "`sslkey` names a key without a password"),
];

/// What an address says behind its question mark.
pub(super) struct Options<'a> {
    url: &'a Url,
    folder: &'a Path,
    variable: &'a dyn Fn(&str) -> Option<String>,
}

impl<'a> Options<'a> {
    /// # Errors
    /// When one is unknown, or asks for what there is not.
    pub(super) fn new(
        url: &'a Url,
        folder: &'a Path,
        variable: &'a dyn Fn(&str) -> Option<String>,
    ) -> Result<Options<'a>, DbError> {
        let options = Options { url, folder, variable };
        for (name, value) in &url.options {
            if !KNOWN.iter().any(|(known, _)| known == name) {
                let hint = match nearest(name, KNOWN.iter().map(|it| it.0)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "leave it out: it means something to another client".to_owned(),
                };
                return Err(options.wrong(&format!("there is no option `{name}`"), &hint));
            }
            let fixed = FIXED.iter().find(|it| it.0 == name);
            if let Some((_, values, hint)) = fixed
                && !values.contains(&value.to_lowercase().as_str())
            {
                let shown = if name == "sslpassword" { "***" } else { value };
                let what = format!("`{name}={shown}` cannot be followed");
                return Err(options.wrong(&what, hint));
            }
        }
        Ok(options)
    }

    /// Whether the address itself has the option.
    pub(super) fn is_given(&self, name: &str) -> bool {
        self.url.options.contains_key(name)
    }

    /// The value of an option, or of the variable that stands in for it.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let given = self.url.options.get(name).filter(|it| !it.is_empty()).cloned();
        let known = KNOWN.iter().find(|it| it.0 == name);
        given.or_else(|| (self.variable)(known?.1?))
    }

    /// The path in an option. One in the address counts from the folder of the project.
    pub(super) fn file(&self, name: &str) -> Option<PathBuf> {
        let text = self.text(name)?;
        Some(if self.is_given(name) { self.folder.join(text) } else { PathBuf::from(text) })
    }

    /// The number in an option.
    pub(super) fn number<T: FromStr>(&self, name: &str, text: &str) -> Result<T, DbError> {
        text.trim().parse().map_err(|_| {
            let (what, hint) = match name {
                "port" => ("is no port", "a port is a number up to 65535"),
                "tcp_user_timeout" => ("is no time", "it is a number of milliseconds"),
                "connect_timeout" | "keepalives_idle" | "keepalives_interval" => {
                    ("is no time", "it is a number of seconds")
                }
                "keepalives" => ("is no answer", "it is 0 or 1"),
                _ => ("is no number", "it is a whole number"),
            };
            self.wrong(&format!("`{name}={text}` {what}"), hint)
        })
    }

    /// That an option is none of the words it can be.
    pub(super) fn one_of(&self, name: &str, value: &str, words: &str) -> DbError {
        let what = format!("there is no `{name}={value}`");
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
