//! Where a server is, and who asks: the address, and what the environment adds to it, as for the
//! server's own clients.

mod options;

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fmt};

use super::tls::{Mode, Security};
use crate::dialect::DbError;
use crate::dialect::url::Url;
use options::Options;

/// The port of a server unless it is told.
const PORT: u16 = 3306;
/// How long to wait for a server unless it is told, in seconds.
const PATIENCE: u64 = 30;
/// Where a server's socket is.
const SOCKETS: [&str; 3] =
    ["/run/mysqld/mysqld.sock", "/var/run/mysqld/mysqld.sock", "/tmp/mysql.sock"];

/// Where a server waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Door {
    /// A socket of this machine.
    Socket(PathBuf),
    /// A name or an address, and a port.
    Host(String, u16),
}

impl Door {
    /// How a person writes it.
    pub(super) fn shown(&self) -> String {
        match self {
            Door::Socket(path) => format!("`{}`", path.display()),
            Door::Host(host, port) if host.contains(':') => format!("`[{host}]:{port}`"),
            Door::Host(host, port) => format!("`{host}:{port}`"),
        }
    }
}

/// Everything that is needed to connect.
#[derive(Clone)]
pub(super) struct Address {
    /// The address as it may be printed.
    pub(super) place: String,
    pub(super) door: Door,
    pub(super) user: String,
    pub(super) password: Option<String>,
    pub(super) database: String,
    pub(super) security: Security,
    /// How long the server may take to answer; `None` is for ever.
    pub(super) patience: Option<Duration>,
    /// What the server is told of who connects.
    pub(super) program: String,
}

impl Address {
    /// Reads the address; a relative path in it counts from `folder`.
    ///
    /// # Errors
    /// When an option is unknown or its value makes no sense, or no database is named.
    pub(super) fn new(url: &Url, folder: &Path) -> Result<Address, DbError> {
        Address::read(url, folder, &|name| env::var(name).ok().filter(|it| !it.is_empty()))
    }

    fn read(
        url: &Url,
        folder: &Path,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Address, DbError> {
        let options = Options::new(url, folder, variable)?;
        if !url.other_hosts.is_empty() {
            let hint = "write the one that takes changes";
            return Err(options.wrong("it names several servers", hint));
        }
        if url.path.is_empty() {
            let hint = format!("write `{}://user:password@host/database`", url.scheme);
            return Err(options.wrong("it names no database", &hint));
        }
        Ok(Address {
            place: format!("`{url}`"),
            door: door(url, &options)?,
            user: user(url, &options)?,
            password: url.password.clone().or(options.text("password")),
            database: url.path.clone(),
            security: security(&options)?,
            patience: patience(&options)?,
            program: options.text("program-name").unwrap_or_else(|| "limbeck".to_owned()),
        })
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({})", self.place)
    }
}

/// The server: that of the address, or of its options and the environment, or of this machine.
fn door(url: &Url, options: &Options) -> Result<Door, DbError> {
    let port = match url.port {
        Some(port) => port,
        None => options.number("port")?.unwrap_or(PORT),
    };
    if options.is_given("socket") {
        return Ok(Door::Socket(options.file("socket").unwrap_or_default()));
    }
    let host = match options.is_given("host") || url.host.is_empty() {
        true => options.text("host"),
        false => Some(url.host.clone()),
    };
    Ok(match host {
        Some(path) if path.starts_with('/') => Door::Socket(PathBuf::from(path)),
        Some(host) => Door::Host(host, port),
        None => match options.file("socket").or_else(here) {
            // Whoever names a port means the internet.
            Some(path) if url.port.is_none() => Door::Socket(path),
            _ => Door::Host("localhost".to_owned(), port),
        },
    })
}

/// The socket of the server of this machine, where there is one.
fn here() -> Option<PathBuf> {
    SOCKETS.into_iter().map(PathBuf::from).find(|it| it.exists())
}

/// Who connects: whom the address names, or whoever is at the keyboard.
fn user(url: &Url, options: &Options) -> Result<String, DbError> {
    let named = url.user.clone().or_else(|| options.text("user"));
    let login =
        || ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|it| options.environment(it));
    named.or_else(login).ok_or_else(|| {
        let hint = format!("write `{}://user@host/database`", url.scheme);
        options.wrong("nobody is named who connects", &hint)
    })
}

/// How the way to the server is secured.
fn security(options: &Options) -> Result<Security, DbError> {
    let authority = options.file("ssl-ca");
    let word = options.text("ssl-mode");
    let mode = match word.as_deref().map(|it| it.to_lowercase().replace('_', "-")).as_deref() {
        // An authority is named so that the server's certificate is looked at.
        None if authority.is_some() => Mode::VerifyCa,
        None | Some("preferred") => Mode::Preferred,
        Some("disabled") => Mode::Disabled,
        Some("required") => Mode::Required,
        Some("verify-ca") => Mode::VerifyCa,
        Some("verify-identity") => Mode::VerifyIdentity,
        Some(_) => {
            let all = "`disabled`, `preferred`, `required`, `verify-ca`, `verify-identity`";
            return Err(options.one_of("ssl-mode", &word.unwrap_or_default(), all));
        }
    };
    if mode == Mode::VerifyCa && authority.is_none() {
        let hint = "name its file: `ssl-ca=ca.pem`; or write `ssl-mode=verify-identity`";
        return Err(options.wrong("`ssl-mode=verify-ca` says nothing without an authority", hint));
    }
    let identity = match (options.file("ssl-cert"), options.file("ssl-key")) {
        (Some(certificate), Some(key)) => Some((certificate, key)),
        (Some(_), None) => {
            let hint = "name it: `ssl-key=client-key.pem`";
            return Err(options.wrong("`ssl-cert` is without its key", hint));
        }
        (None, Some(_)) => {
            let hint = "name it: `ssl-cert=client-cert.pem`";
            return Err(options.wrong("`ssl-key` is without its certificate", hint));
        }
        (None, None) => None,
    };
    Ok(Security { mode, authority, identity })
}

fn patience(options: &Options) -> Result<Option<Duration>, DbError> {
    let seconds = options.number::<u64>("connect-timeout")?.unwrap_or(PATIENCE);
    Ok(Some(seconds).filter(|it| *it > 0).map(Duration::from_secs))
}

#[cfg(test)]
mod tests;
