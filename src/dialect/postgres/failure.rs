//! What the server says against something, in an error of this tool.

use std::error::Error as _;
use std::io;

use tokio_postgres::Error;
use tokio_postgres::error::{DbError as Report, ErrorPosition, SqlState};

use super::address::{Address, Door};
use super::driver::Failure;
use crate::dialect::DbError;

/// The server's own words, with what it adds to them.
pub(super) fn words(report: &Report) -> String {
    let mut text = report.message().to_owned();
    let mut add = |more: Option<&str>| {
        for line in more.into_iter().flat_map(str::lines) {
            text.push_str("\n  ");
            text.push_str(line.trim());
        }
    };
    add(report.detail());
    add(report.hint());
    if let Some(ErrorPosition::Internal { query, .. }) = report.position() {
        add(Some(&format!("in `{}`", query.trim())));
    }
    add(report.where_());
    let names = report.constraint().filter(|name| !text.contains(name));
    if let Some(name) = names {
        text.push_str(&format!(" (constraint `{name}`)"));
    }
    text
}

/// A line of what the server says beside its answers.
pub(super) fn notice(report: &Report) -> String {
    format!("{}: {}", report.severity().to_lowercase(), words(report))
}

/// The byte of `sql` at which the report points. `before` characters were sent in front of it.
fn place(report: &Report, sql: &str, before: usize) -> Option<usize> {
    let Some(ErrorPosition::Original(at)) = report.position() else { return None };
    let at = usize::try_from(*at).ok()?.checked_sub(1 + before)?;
    // Behind the last character something is missing.
    let end = (sql.chars().count() == at).then_some(sql.len());
    sql.char_indices().nth(at).map(|it| it.0).or(end)
}

/// What became of `sql`, before which so many characters were sent.
pub(super) fn failed(sql: &str, before: usize, error: &Error) -> DbError {
    let sql_text = || sql.to_owned();
    let Some(report) = error.as_db_error() else {
        let message = bottom(error);
        return match error.is_closed() || source::<io::Error>(error).is_some() {
            true => DbError::Lost { sql: sql_text(), message },
            false => DbError::Statement { sql: sql_text(), message, at: None },
        };
    };
    let message = words(report);
    match report.code().code().get(..2).unwrap_or_default() {
        // The session is over: the server was stopped, or this session was.
        "57" if report.code() != &SqlState::QUERY_CANCELED => {
            DbError::Lost { sql: sql_text(), message }
        }
        "53" | "58" => DbError::Machine { sql: sql_text(), message },
        _ if report.code() == &SqlState::READ_ONLY_SQL_TRANSACTION => {
            DbError::Machine { sql: sql_text(), message }
        }
        _ if report.code() == &SqlState::INSUFFICIENT_PRIVILEGE => DbError::NoRight {
            sql: Some(sql_text()),
            what: message,
            hint: "its owner gives the right with `GRANT`: to make something in a schema, \
                   `GRANT CREATE ON SCHEMA ... TO ...`"
                .to_owned(),
        },
        _ => DbError::Statement { sql: sql_text(), message, at: place(report, sql, before) },
    }
}

/// Why a server could not be reached, or refused.
pub(super) fn not_opened(address: &Address, door: &Door, failure: &Failure) -> DbError {
    let (message, hint) = match failure {
        Failure::Timeout(patience) => (
            format!("{} gave no answer within {} s", door.shown(), patience.as_secs()),
            Some("is the host right? `connect_timeout` says how long to wait".to_owned()),
        ),
        Failure::Machine(error) => (error.to_string(), None),
        Failure::Unknown(error) => {
            let said = error.to_string();
            let why = said.rsplit(": ").next().unwrap_or_default().to_lowercase();
            (format!("the host `{}` is not known: {why}", door.host), None)
        }
        Failure::Driver(error) => match error.as_db_error() {
            Some(report) => (words(report), refused(address, report)),
            None => unreached(address, door, error),
        },
    };
    DbError::Open { place: address.place.clone(), message, hint }
}

/// What to do when the server refuses.
fn refused(address: &Address, report: &Report) -> Option<String> {
    let Address { user, database, .. } = address;
    Some(match report.code().code() {
        "3D000" => format!("`createdb {database}` makes it"),
        "28P01" => "the password is in the address, in `PGPASSWORD` or in `~/.pgpass`".to_owned(),
        "28000" if report.message().contains("role") => {
            format!("is `{user}` the right user? `createuser {user}` makes one")
        }
        "28000" => "the server's `pg_hba.conf` says who may connect, and how".to_owned(),
        "42501" => format!("`GRANT CONNECT ON DATABASE {database} TO {user}` gives the right"),
        "53300" => "others must leave first, or `max_connections` must grow".to_owned(),
        "57P03" => "it is starting or stopping: try again".to_owned(),
        "08P01" if report.message().contains("startup parameter") => {
            "a pooler stands before the server and does not pass this on: leave it out, or name it \
             in the pooler's `ignore_startup_parameters`"
                .to_owned()
        }
        _ => return None,
    })
}

/// Why no server answered, and what to do.
fn unreached(address: &Address, door: &Door, error: &Error) -> (String, Option<String>) {
    let said = bottom(error);
    if said == "password missing" {
        let hint = "write it into the address, into `PGPASSWORD` or into `~/.pgpass`";
        return (
            format!("the server asks for the password of `{}`", address.user),
            Some(hint.to_owned()),
        );
    }
    if said == "server does not support TLS" {
        let hint = "`sslmode=disable` or `prefer` goes without";
        return (format!("the server at {} has no TLS", door.shown()), Some(hint.to_owned()));
    }
    if let Some(error) = source::<tokio_rustls::rustls::Error>(error) {
        return untrusted(door, error);
    }
    let Some(error) = source::<io::Error>(error) else {
        return (said, None);
    };
    if let Some(tls) = error.get_ref().and_then(|it| it.downcast_ref()) {
        return untrusted(door, tls);
    }
    let running = "is the server running, and are the host and the port right?";
    match error.kind() {
        io::ErrorKind::ConnectionRefused => {
            (format!("nobody answers at {}", door.shown()), Some(running.to_owned()))
        }
        io::ErrorKind::NotFound if door.is_socket() => {
            (format!("there is no socket {}", door.shown()), Some(running.to_owned()))
        }
        io::ErrorKind::PermissionDenied if door.is_socket() => {
            (format!("the socket {} may not be used", door.shown()), None)
        }
        io::ErrorKind::TimedOut => {
            (format!("{} gave no answer", door.shown()), Some(running.to_owned()))
        }
        io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset => (
            format!("{} hung up", door.shown()),
            Some("is it a PostgreSQL server, and does it take this kind of connection?".to_owned()),
        ),
        _ => (format!("{}: {said}", door.shown()), None),
    }
}

/// Why the server's certificate was not taken, or ours.
fn untrusted(door: &Door, error: &tokio_rustls::rustls::Error) -> (String, Option<String>) {
    use tokio_rustls::rustls::{AlertDescription, CertificateError, Error};
    let (why, hint) = match error {
        Error::InvalidCertificate(CertificateError::UnknownIssuer) => (
            "no authority that is trusted has signed it".to_owned(),
            "`sslrootcert` names the file of the right one",
        ),
        Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => (
            format!("it is not for `{}`", door.host),
            "connect by a name that it has as a `subjectAltName`, or write `sslmode=verify-ca`",
        ),
        Error::InvalidCertificate(
            CertificateError::Expired | CertificateError::ExpiredContext { .. },
        ) => ("its time is over".to_owned(), "the server needs a new one"),
        Error::InvalidCertificate(other) => (other.to_string(), "the server needs another one"),
        Error::AlertReceived(
            AlertDescription::CertificateRequired
            | AlertDescription::BadCertificate
            | AlertDescription::UnknownCA
            | AlertDescription::HandshakeFailure
            | AlertDescription::CertificateUnknown,
        ) => {
            let message = format!("the server at {} does not take our certificate", door.shown());
            let hint = "`sslcert` and `sslkey` name one that its authority has signed";
            return (message, Some(hint.to_owned()));
        }
        other => {
            return (format!("no TLS with {}: {other}", door.shown()), None);
        }
    };
    (format!("the certificate of {} is not trusted: {why}", door.shown()), Some(hint.to_owned()))
}

/// Whether the way without TLS, or with it, may be taken after this: the server did not take this
/// one.
pub(super) fn is_about_the_way(failure: &Failure) -> bool {
    let Failure::Driver(error) = failure else { return false };
    match error.as_db_error() {
        Some(report) => report.code() == &SqlState::INVALID_AUTHORIZATION_SPECIFICATION,
        None => {
            let is_tls = |it: &io::Error| {
                it.get_ref().is_some_and(|it| it.is::<tokio_rustls::rustls::Error>())
            };
            source::<tokio_rustls::rustls::Error>(error).is_some()
                || source::<io::Error>(error).is_some_and(is_tls)
        }
    }
}

/// The first cause of this type.
fn source<T: std::error::Error + 'static>(error: &Error) -> Option<&T> {
    let mut next = error.source();
    while let Some(cause) = next {
        if let Some(found) = cause.downcast_ref() {
            return Some(found);
        }
        next = cause.source();
    }
    None
}

/// What the last cause says, without the system's number.
fn bottom(error: &Error) -> String {
    let mut last = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        last = cause.to_string();
        next = cause.source();
    }
    last.split(" (os error").next().unwrap_or_default().to_owned()
}
