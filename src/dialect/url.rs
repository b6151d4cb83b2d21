//! Where a database is: the text, its parts, and the one form in which it may be printed.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// The address of a database: `sqlite:///app.db`, `postgres://user:secret@host:5432/app?sslmode=require`.
///
/// `Display` and `Debug` never show the password; [`Url::with_password`] does.
#[derive(Clone, PartialEq, Eq)]
pub struct Url {
    /// The kind of database, in lower case and without a driver: `postgresql` of `postgresql+psycopg2`.
    pub scheme: String,
    /// The user, decoded.
    pub user: Option<String>,
    /// The password, decoded.
    pub password: Option<String>,
    /// The host; empty when there is none.
    pub host: String,
    /// The port.
    pub port: Option<u16>,
    /// Further hosts with their ports, behind commas: `h1,h2:5433`.
    pub other_hosts: Vec<(String, Option<u16>)>,
    /// What stands behind the host and its slash, decoded: a database's name or a file's path.
    pub path: String,
    /// What stands behind the question mark, decoded.
    pub options: BTreeMap<String, String>,
    text: String,
}

impl Url {
    /// The database's name: the last part of the path.
    pub fn name(&self) -> String {
        self.path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
    }

    /// The text as it was given, password and all: for programs that this one starts.
    pub fn with_password(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&redact(&self.text))
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Url({self})")
    }
}

/// The text is no address of a database. Holds no password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// There is no `scheme://`.
    #[error("`{text}` is not the address of a database")]
    NoScheme {
        /// The text, redacted.
        text: String,
    },
    /// The port is no number.
    #[error("the port of `{text}` is no number")]
    Port {
        /// The text, redacted.
        text: String,
    },
    /// A percent sign without two hexadecimal digits, or bytes that are no UTF-8.
    #[error("the {part} of `{text}` is not percent-encoded UTF-8")]
    Encoding {
        /// Which part.
        part: &'static str,
        /// The text, redacted.
        text: String,
    },
    /// An option without a value.
    #[error("the option `{option}` of `{text}` has no value")]
    Option {
        /// The option.
        option: String,
        /// The text, redacted.
        text: String,
    },
}

impl UrlError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            UrlError::NoScheme { .. } => {
                "write `sqlite:///app.db` or `postgres://user:password@host/database`".to_owned()
            }
            UrlError::Port { .. } => "a port is a number up to 65535".to_owned(),
            UrlError::Encoding { .. } => "write a `%` as `%25`, an `@` as `%40`".to_owned(),
            UrlError::Option { .. } => "options are written `?name=value&name=value`".to_owned(),
        })
    }
}

impl FromStr for Url {
    type Err = UrlError;

    fn from_str(text: &str) -> Result<Url, UrlError> {
        let Some((scheme, rest)) = text.split_once(':').filter(|(scheme, _)| is_scheme(scheme))
        else {
            return Err(UrlError::NoScheme { text: redact(text) });
        };
        if !rest.starts_with("//") && rest.contains('@') {
            return Err(UrlError::NoScheme { text: redact(text) });
        }
        let scheme = scheme.split('+').next().unwrap_or(scheme).to_lowercase();
        let decode = |part: &'static str, encoded: &str| {
            decode(encoded).ok_or_else(|| UrlError::Encoding { part, text: redact(text) })
        };
        let (rest, options) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = match rest.strip_prefix("//") {
            Some(rest) => rest.split_once('/').unwrap_or((rest, "")),
            None => ("", rest),
        };
        // A password may hold an unencoded `@`: the last one parts it from the host.
        let (login, place) = match authority.rsplit_once('@') {
            Some((login, place)) => (Some(login), place),
            None => (None, authority),
        };
        let (user, password) = match login.map(|login| login.split_once(':').unwrap_or((login, "")))
        {
            Some((user, password)) => (
                Some(decode("user", user)?).filter(|it| !it.is_empty()),
                Some(decode("password", password)?).filter(|it| !it.is_empty()),
            ),
            None => (None, None),
        };
        let mut hosts = place.split(',').map(|place| {
            let (host, port) = host_and_port(place);
            let port = match port {
                Some(port) if !port.is_empty() => {
                    Some(port.parse().map_err(|_| UrlError::Port { text: redact(text) })?)
                }
                _ => None,
            };
            Ok((decode("host", host)?, port))
        });
        let (host, port) = hosts.next().transpose()?.unwrap_or_default();
        let other_hosts = hosts.collect::<Result<_, UrlError>>()?;
        let mut parsed = BTreeMap::new();
        for option in options.split('&').filter(|option| !option.is_empty()) {
            let (key, value) = option.split_once('=').ok_or_else(|| UrlError::Option {
                option: option.to_owned(),
                text: redact(text),
            })?;
            parsed.insert(decode("options", key)?, decode("options", value)?);
        }
        Ok(Url {
            scheme,
            user,
            password,
            host,
            port,
            other_hosts,
            path: decode("path", path)?,
            options: parsed,
            text: text.to_owned(),
        })
    }
}

fn is_scheme(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '_' | '-' | '.');
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.len() > 1 && text.chars().all(plain)
}

fn host_and_port(place: &str) -> (&str, Option<&str>) {
    if let Some((host, rest)) = place.strip_prefix('[').and_then(|it| it.split_once(']')) {
        return (host, rest.strip_prefix(':'));
    }
    match place.rsplit_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (place, None),
    }
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let (high, low) = (digit(bytes.next())?, digit(bytes.next())?);
            decoded.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok()
}

/// The text with stars in place of whatever could be a password, even when it is no address.
pub(crate) fn redact(text: &str) -> String {
    let (start, rest) = match text.find("//") {
        Some(at) => text.split_at(at + 2),
        None => ("", text),
    };
    // Options begin behind the login, in which a question mark may stand as it is.
    let login = rest.find('?').filter(|at| !rest[..*at].contains('@')).and_then(|_| rest.find('@'));
    let split = rest.get(login.unwrap_or(0)..).and_then(|it| it.split_once('?'));
    let split = split.map(|(it, options)| (&rest[..login.unwrap_or(0) + it.len()], options));
    let (rest, options) = match split {
        Some((rest, options)) => (rest, Some(options)),
        None => (rest, None),
    };
    let mut out = start.to_owned();
    // A password may hold a slash, too: whatever stands between the first colon and the last @.
    match (rest.find(':'), rest.rfind('@')) {
        (Some(colon), Some(at)) if colon < at => {
            out.push_str(&rest[..=colon]);
            out.push_str("***");
            out.push_str(&rest[at..]);
        }
        _ => out.push_str(rest),
    }
    for (index, option) in options.iter().flat_map(|options| options.split('&')).enumerate() {
        out.push(if index == 0 { '?' } else { '&' });
        match option.split_once('=') {
            Some((key, _)) if key.to_lowercase().contains("pass") => {
                out.push_str(key);
                out.push_str("=***");
            }
            _ => out.push_str(option),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        let url: Url = "postgresql+psycopg2://me:p%40s@s@[::1]:5433/my%20db?sslmode=require&a=b"
            .parse()
            .unwrap();
        assert_eq!(url.scheme, "postgresql");
        assert_eq!(url.user.as_deref(), Some("me"));
        assert_eq!(url.password.as_deref(), Some("p@s@s"));
        assert_eq!((url.host.as_str(), url.port), ("::1", Some(5433)));
        assert_eq!(url.path, "my db");
        assert_eq!(url.options.get("sslmode").map(String::as_str), Some("require"));
        for (text, path) in [
            ("sqlite:///app.db", "app.db"),
            ("sqlite:////var/app.db", "/var/app.db"),
            ("sqlite://", ""),
            ("sqlite:app.db", "app.db"),
            ("sqlite:///C:/app.db", "C:/app.db"),
        ] {
            let url: Url = text.parse().unwrap();
            assert_eq!(
                (url.scheme.as_str(), url.host.as_str(), url.path.as_str()),
                ("sqlite", "", path)
            );
        }
    }

    #[test]
    fn several_hosts() {
        let hosts = |text: &str| {
            let url: Url = text.parse().unwrap();
            let first = (url.host, url.port);
            let all: Vec<_> = std::iter::once(first).chain(url.other_hosts).collect();
            all
        };
        let own = |host: &str, port| (host.to_owned(), port);
        assert_eq!(
            hosts("postgres://me:a,b@h1,[::1]:5433,h%2C3:1/db?a=b,c"),
            [own("h1", None), own("::1", Some(5433)), own("h,3", Some(1))]
        );
        assert_eq!(hosts("postgres://%2Ftmp%2Fa/db"), [own("/tmp/a", None)]);
        assert_eq!(hosts("postgres:///db"), [own("", None)]);
        let error = "postgres://h1:1,h2:x/db".parse::<Url>().unwrap_err();
        assert_eq!(error.to_string(), "the port of `postgres://h1:1,h2:x/db` is no number");
    }

    #[test]
    fn a_password_is_never_shown() {
        for (text, shown) in [
            ("postgres://me:secret@host/db", "postgres://me:***@host/db"),
            ("postgres://me:sec/re:t@@host/db", "postgres://me:***@host/db"),
            ("postgres://me@host/db?password=secret&x=1", "postgres://me@host/db?password=***&x=1"),
            ("me:secret@host/db", "me:***@host/db"),
            ("sqlite:///app.db", "sqlite:///app.db"),
        ] {
            assert_eq!(redact(text), shown);
        }
        let url: Url = "mysql://me:secret@host/db".parse().unwrap();
        assert_eq!(format!("{url} {url:?}"), "mysql://me:***@host/db Url(mysql://me:***@host/db)");
        let error = "mysql://me:secret@host:port/db".parse::<Url>().unwrap_err();
        assert_eq!(error.to_string(), "the port of `mysql://me:***@host:port/db` is no number");
        let error = "me:secret@host".parse::<Url>().unwrap_err();
        assert_eq!(error.to_string(), "`me:***@host` is not the address of a database");
    }
}
