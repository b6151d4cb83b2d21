//! What the server says against something, in an error of this tool.
//!
//! The numbers are those of <https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html>
//! and <https://mariadb.com/kb/en/mariadb-error-code-reference/>.

use std::error::Error as _;
use std::io;
use std::time::Duration;

use mysql::error::tls::TlsError;
use mysql::{DriverError, Error, MySqlError};

use super::address::{Address, Door};
use crate::dialect::DbError;

/// Why there is no connection.
#[derive(Debug)]
pub(super) enum Failure {
    /// What the driver says.
    Driver(Error),
    /// It took too long.
    Timeout(Duration),
    /// The machine gives no thread.
    Machine(io::Error),
    /// Nobody knows the host.
    Unknown(io::Error),
    /// Something is wrong with a file of certificates: what, and what to do.
    Files(String, Option<String>),
    /// The process has a cryptography that does not know whom to trust.
    Foreign,
    /// There is nothing to connect to.
    Nowhere,
}

/// The server's number for what went wrong.
pub(super) fn number(error: &Error) -> Option<u16> {
    match error {
        Error::MySqlError(report) => Some(report.code),
        _ => None,
    }
}

/// A statement was stopped from outside.
pub(super) fn is_stopped(number: u16) -> bool {
    // A sort says so in its own words.
    matches!(number, 1317 | 1028)
}

/// A statement ran for longer than the server lets it.
pub(super) fn is_late(number: u16) -> bool {
    matches!(number, 1969 | 3024)
}

/// A statement waited for a lock for longer than it may.
pub(super) fn is_locked(number: u16) -> bool {
    number == 1205
}

/// What became of `sql`.
pub(super) fn failed(sql: &str, error: &Error) -> DbError {
    let sql_text = || sql.to_owned();
    match error {
        Error::MySqlError(report) => reported(sql, report),
        _ if is_too_long(error) => DbError::Statement {
            sql: sql_text(),
            message: "it is longer than the server's `max_allowed_packet`".to_owned(),
            at: None,
        },
        _ if is_about_the_connection(error) => {
            DbError::Lost { sql: sql_text(), message: bottom(error) }
        }
        _ => DbError::Statement { sql: sql_text(), message: bottom(error), at: None },
    }
}

fn reported(sql: &str, report: &MySqlError) -> DbError {
    let (sql, message) = (sql.to_owned(), report.message.trim().to_owned());
    match report.code {
        // The server goes away, or has ended this session.
        1053 | 1077..=1080 | 1152 | 1158..=1161 | 1184 | 1927 | 2006 | 2013 | 3169 | 4031 => {
            DbError::Lost { sql, message }
        }
        // The disk, the memory, files, and servers that take no changes.
        3
        | 5
        | 14
        | 20
        | 28
        | 1015
        | 1016
        | 1021
        | 1023..=1026
        | 1030
        | 1037
        | 1038
        | 1041
        | 1114
        | 1135
        | 1290
        | 1792
        | 1836
        | 3100
        | 3170
        | 3675
        | 3989 => DbError::Machine { sql, message },
        1044 | 1095 | 1142 | 1143 | 1227 | 1370 | 1419 | 1698 | 3530 => DbError::NoRight {
            sql: Some(sql),
            what: message,
            hint: "an administrator gives the right: `GRANT ALL ON database.* TO user`".to_owned(),
        },
        _ => DbError::Statement { sql, message, at: None },
    }
}

/// Whether the driver did not send the statement, or could not take the answer, for its length.
fn is_too_long(error: &Error) -> bool {
    match error {
        Error::DriverError(error) => *error == DriverError::PacketTooLarge,
        Error::CodecError(error) => {
            error.source().is_none() && error.to_string().contains("max_allowed_packet")
        }
        _ => false,
    }
}

/// What the machine says of the way to the server.
fn io_cause(error: &Error) -> Option<&io::Error> {
    match error {
        Error::IoError(error) => Some(error),
        Error::CodecError(error) => error.source()?.downcast_ref(),
        _ => None,
    }
}

fn is_about_the_connection(error: &Error) -> bool {
    match error {
        Error::IoError(_) | Error::CodecError(_) => true,
        Error::DriverError(driver) => {
            matches!(driver, DriverError::PacketOutOfSync | DriverError::UnexpectedPacket)
        }
        _ => false,
    }
}

/// Why a server could not be reached, or refused.
pub(super) fn not_opened(address: &Address, failure: &Failure) -> DbError {
    let door = address.door.shown();
    let (message, hint) = match failure {
        Failure::Timeout(patience) => (
            format!("{door} gave no answer within {} s", patience.as_secs()),
            Some("is the host right? `connect_timeout` says how long to wait".to_owned()),
        ),
        Failure::Machine(error) => (error.to_string(), None),
        Failure::Files(what, hint) => (what.clone(), hint.clone()),
        Failure::Foreign => (
            "`ssl-ca` cannot be followed: this process has settled for another cryptography"
                .to_owned(),
            None,
        ),
        Failure::Nowhere => (format!("nobody answers at {door}"), None),
        Failure::Unknown(error) => {
            let said = error.to_string();
            let why = said.rsplit(": ").next().unwrap_or_default().to_lowercase();
            let host = match &address.door {
                Door::Host(host, _) => host.clone(),
                Door::Socket(path) => path.display().to_string(),
            };
            (format!("the host `{host}` is not known: {why}"), None)
        }
        Failure::Driver(Error::MySqlError(report)) => {
            (report.message.trim().to_owned(), refused(address, report))
        }
        Failure::Driver(error) => unreached(address, error),
    };
    DbError::Open { place: address.place.clone(), message, hint }
}

/// What to do when the server refuses.
fn refused(address: &Address, report: &MySqlError) -> Option<String> {
    let Address { user, database, .. } = address;
    Some(match report.code {
        1049 => format!("``CREATE DATABASE `{database}` `` makes it"),
        1044 => format!("``GRANT ALL ON `{database}`.* TO `{user}` `` gives the right"),
        1045 if report.message.contains("using password: NO") => {
            "the password is in the address or in `MYSQL_PWD`".to_owned()
        }
        1045 | 1698 => "are the user and the password in the address right?".to_owned(),
        1130 => {
            format!("the server does not let this machine in: `{user}` needs a host that is it")
        }
        1040 | 1203 | 1226 => "others must leave first, or `max_connections` must grow".to_owned(),
        1129 => "an administrator lets this machine in again with `FLUSH HOSTS`".to_owned(),
        1820 | 1862 => {
            "the password has run out: set a new one with the server's client".to_owned()
        }
        3159 => "`ssl-mode=required` goes by TLS".to_owned(),
        1251 | 2059 => {
            "the user needs another way to prove itself: `ALTER USER ... IDENTIFIED WITH ...`"
                .to_owned()
        }
        _ => return None,
    })
}

/// Why no server answered, and what to do.
fn unreached(address: &Address, error: &Error) -> (String, Option<String>) {
    let door = address.door.shown();
    let running = "is the server running, and are the host and the port right?";
    if let Some(tls) = tls_cause(error) {
        return untrusted(address, tls);
    }
    match error {
        Error::DriverError(DriverError::TlsNotSupported) => {
            let hint = "`ssl-mode=disabled` or `preferred` goes without";
            (format!("the server at {door} has no TLS"), Some(hint.to_owned()))
        }
        Error::DriverError(DriverError::ConnectTimeout) => {
            (format!("{door} gave no answer"), Some(running.to_owned()))
        }
        Error::DriverError(DriverError::CouldNotConnect(Some((_, said, kind)))) => match kind {
            io::ErrorKind::ConnectionRefused => {
                (format!("nobody answers at {door}"), Some(running.to_owned()))
            }
            io::ErrorKind::NotFound => {
                (format!("there is no socket {door}"), Some(running.to_owned()))
            }
            io::ErrorKind::PermissionDenied => (format!("the socket {door} may not be used"), None),
            _ => (format!("{door}: {}", without_number(said)), Some(running.to_owned())),
        },
        Error::DriverError(DriverError::UnsupportedProtocol(_) | DriverError::Protocol41NotSet) => {
            (format!("{door} is no MySQL server that is in use"), None)
        }
        Error::DriverError(DriverError::UnknownAuthPlugin(name)) => (
            format!("the server asks for `{name}`, which is not spoken here"),
            Some("`ALTER USER ... IDENTIFIED WITH ...` gives the user another way".to_owned()),
        ),
        Error::IoError(_) | Error::CodecError(_) => (
            format!("{door} hung up: {}", bottom(error)),
            Some("is it a MySQL or MariaDB server?".to_owned()),
        ),
        other => (format!("{door}: {}", bottom(other)), None),
    }
}

/// What was wrong with the certificates, if that is what was wrong.
fn tls_cause(error: &Error) -> Option<&rustls::Error> {
    match error {
        Error::TlsError(TlsError::Tls(error)) => Some(error),
        _ => io_cause(error)?.get_ref()?.downcast_ref(),
    }
}

/// Why the server's certificate was not taken, or ours.
fn untrusted(address: &Address, error: &rustls::Error) -> (String, Option<String>) {
    use rustls::{AlertDescription, CertificateError, Error};
    let door = address.door.shown();
    let (why, hint) = match error {
        Error::InvalidCertificate(
            CertificateError::UnknownIssuer | CertificateError::BadSignature,
        ) => (
            "no authority that is trusted has signed it".to_owned(),
            "`ssl-ca` names the file of the right one",
        ),
        Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => {
            let host = match &address.door {
                Door::Host(host, _) => host.as_str(),
                Door::Socket(_) => "a socket",
            };
            (
                format!("it is not for `{host}`"),
                "connect by a name that it has as a `subjectAltName`, or write `ssl-mode=verify-ca`",
            )
        }
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
            let message = format!("the server at {door} does not take our certificate");
            let hint = "`ssl-cert` and `ssl-key` name one that its authority has signed";
            return (message, Some(hint.to_owned()));
        }
        other => return (format!("no TLS with {door}: {other}"), None),
    };
    (format!("the certificate of {door} is not trusted: {why}"), Some(hint.to_owned()))
}

/// Whether the way without TLS may be taken after this: the server did not take the one with it.
pub(super) fn is_about_the_way(failure: &Failure) -> bool {
    match failure {
        Failure::Driver(error) => {
            let has_none = matches!(error, Error::DriverError(DriverError::TlsNotSupported));
            has_none || tls_cause(error).is_some()
        }
        _ => false,
    }
}

/// What the last cause says, without the system's number.
fn bottom(error: &Error) -> String {
    let said = match (io_cause(error), error) {
        (Some(error), _) => {
            let mut last = error.to_string();
            let mut next = error.source();
            while let Some(cause) = next {
                last = cause.to_string();
                next = cause.source();
            }
            last
        }
        (None, Error::CodecError(error)) => error.to_string(),
        (None, Error::DriverError(error)) => error.to_string(),
        (None, other) => other.to_string(),
    };
    without_number(&said)
}

fn without_number(said: &str) -> String {
    said.split(" (os error").next().unwrap_or_default().to_owned()
}
