//! The driver: asks the server and waits for the answer.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;

use mysql::prelude::Queryable;
use mysql::{Conn, Error, OptsBuilder, Value};

use super::address::Door;
use super::authority;
use super::failure::Failure;
use super::open::Entry;
use super::tls::Mode;
use crate::dialect::Row;

/// After what time a silent way is looked after, and how often, so that one that is gone is found out.
const KEPT_ALIVE: (u32, u32, u32) = (60_000, 10, 6);

/// One session of a server.
pub(super) struct Driver {
    conn: Conn,
}

impl Driver {
    /// Opens a session.
    ///
    /// # Errors
    /// Why the server cannot be reached, or refuses.
    pub(super) fn open(entry: &Entry) -> Result<Driver, Failure> {
        let Some(patience) = entry.address.patience else {
            return connect(entry).map(|conn| Driver { conn });
        };
        // Someone else may be there who takes the call and says nothing.
        let (sender, receiver) = sync_channel(1);
        let own = entry.clone();
        let knocking = thread::Builder::new().spawn(move || {
            // Nobody may be waiting any more.
            let _ = sender.send(connect(&own));
        });
        knocking.map_err(Failure::Machine)?;
        match receiver.recv_timeout(patience) {
            Ok(outcome) => outcome.map(|conn| Driver { conn }),
            Err(RecvTimeoutError::Timeout) => Err(Failure::Timeout(patience)),
            Err(RecvTimeoutError::Disconnected) => Err(Failure::Nowhere),
        }
    }

    /// The number of the session.
    pub(super) fn id(&self) -> u32 {
        self.conn.connection_id()
    }

    /// Whether a backslash in a string is one, now.
    pub(super) fn has_plain_backslashes(&self) -> bool {
        self.conn.no_backslash_escape()
    }

    /// How many warnings the last statement left.
    pub(super) fn warnings(&self) -> u16 {
        self.conn.warnings()
    }

    /// Runs one statement and gives the rows of all its answers. An error may come behind a row, and
    /// behind an answer.
    ///
    /// # Errors
    /// Whatever the server says.
    pub(super) fn query(&mut self, sql: &str) -> Result<Vec<Row>, Error> {
        let mut rows = Vec::new();
        let mut answers = self.conn.query_iter(sql)?;
        while let Some(answer) = answers.iter() {
            for row in answer {
                rows.push(row?.unwrap_raw().into_iter().map(|it| text(it?)).collect());
            }
        }
        Ok(rows)
    }
}

/// A value as the server prints it. Bytes that are no text are shown as it writes them itself.
fn text(value: Value) -> Option<String> {
    match value {
        Value::NULL => None,
        Value::Bytes(bytes) => Some(String::from_utf8(bytes).unwrap_or_else(|error| {
            let digits = error.as_bytes().iter().map(|it| format!("{it:02X}"));
            format!("0x{}", digits.collect::<String>())
        })),
        // The text protocol has no others.
        other => Some(other.as_sql(true)),
    }
}

/// Connects, on this thread alone: it says whom to trust.
fn connect(entry: &Entry) -> Result<Conn, Failure> {
    let connect = || Conn::new(options(entry));
    if entry.is_encrypted {
        authority::install();
    }
    let outcome = match entry.authorities.as_ref().filter(|_| entry.is_encrypted) {
        Some(authorities) => authorities.alone(connect).ok_or(Failure::Foreign)?,
        None => connect(),
    };
    outcome.map_err(Failure::Driver)
}

fn options(entry: &Entry) -> OptsBuilder {
    let address = &entry.address;
    let (time, interval, probes) = KEPT_ALIVE;
    let attributes = HashMap::from([("program_name".to_owned(), address.program.clone())]);
    let options = OptsBuilder::new()
        .prefer_socket(false)
        .user(Some(&address.user))
        .pass(address.password.as_ref())
        .db_name(Some(&address.database))
        .connect_attrs(Some(attributes))
        .tcp_connect_timeout(address.patience)
        .tcp_keepalive_time_ms(Some(time))
        .stmt_cache_size(0)
        .ssl_opts(entry.is_encrypted.then(|| address.security.options()));
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    let options = options
        .tcp_keepalive_probe_interval_secs(Some(interval))
        .tcp_keepalive_probe_count(Some(probes));
    match &address.door {
        Door::Socket(path) => options.socket(Some(path.to_string_lossy())),
        Door::Host(host, port) => {
            let options = options.tcp_port(*port);
            match entry.internet {
                // The certificate must be for the name, so the driver must look it up: it takes an
                // address of the kind from which it is told to go out.
                Some(at) if entry.is_encrypted && address.security.mode == Mode::VerifyIdentity => {
                    let out: IpAddr = match at {
                        IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
                        IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
                    };
                    options
                        .ip_or_hostname(Some(bracketed(host)))
                        .bind_address(Some(SocketAddr::new(out, 0)))
                }
                Some(at) => options.ip_or_hostname(Some(bracketed(&at.to_string()))),
                None => options.ip_or_hostname(Some(bracketed(host))),
            }
        }
    }
}

/// A host as the driver wants it.
fn bracketed(host: &str) -> String {
    if host.contains(':') { format!("[{host}]") } else { host.to_owned() }
}
