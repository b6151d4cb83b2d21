//! Knocking at the servers of an address, one after the other.

use std::path::Path;

use tokio_postgres::config::SslMode;
use tokio_postgres::{Config, SimpleQueryMessage};

use super::address::{Address, Door, Target};
use super::driver::Driver;
use super::failure::{is_about_the_way, not_opened};
use super::stop::Place;
use super::tls::{Mode, Roots, Security, Tls};
use crate::dialect::DbError;
use crate::dialect::url::Url;

/// A server that let us in, and how to get in again.
pub(super) struct Opened {
    pub(super) driver: Driver,
    pub(super) entry: Entry,
}

/// How to open one more session of the same server.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) config: Config,
    pub(super) door: Door,
    pub(super) tls: Tls,
    pub(super) address: Address,
}

/// Opens a session of the first server that is there and is what is wanted.
///
/// # Errors
/// Why none is.
pub(super) fn open(url: &Url, folder: &Path) -> Result<Opened, DbError> {
    let address = Address::new(url, folder)?;
    let tls = tls(&address)?;
    let wishes = match address.target {
        Target::PreferStandby => vec![Target::Standby, Target::Any],
        one => vec![one],
    };
    let mut refusals = Vec::new();
    for wish in wishes {
        refusals.clear();
        for door in &address.doors {
            match knock(&address, door, &tls, wish) {
                Ok(opened) => return Ok(opened),
                Err(error) => refusals.push(error),
            }
        }
    }
    Err(all(refusals, &address))
}

/// Where nothing is encrypted no file is read.
fn tls(address: &Address) -> Result<Tls, DbError> {
    let mut security = address.security.clone();
    if security.mode == Mode::Disable || address.doors.iter().all(Door::is_socket) {
        security =
            Security { mode: Mode::Disable, roots: Roots::None, identity: None, direct: false };
    }
    Tls::new(&security).map_err(|(message, hint)| DbError::Open {
        place: address.place.clone(),
        message,
        hint,
    })
}

/// Tries one server, with and without TLS as far as that is left to it.
fn knock(address: &Address, door: &Door, tls: &Tls, wish: Target) -> Result<Opened, DbError> {
    let ways: &[SslMode] = match address.security.mode {
        Mode::Disable => &[SslMode::Disable],
        Mode::Allow => &[SslMode::Disable, SslMode::Require],
        Mode::Prefer => &[SslMode::Prefer, SslMode::Disable],
        Mode::Require | Mode::VerifyCa | Mode::VerifyFull => &[SslMode::Require],
    };
    let ways = if door.is_socket() { &ways[..1] } else { ways };
    let mut refusal = None;
    for way in ways {
        let (config, ignored) = address.config(door, *way);
        let (door_here, tls) = (door.clone(), tls.clone());
        let mut entry = Entry { config, door: door_here, tls, address: address.clone() };
        match Driver::open(&entry) {
            Ok(driver) => {
                // A name may stand for several servers, and a second session is for the same.
                if let Place::Internet(address) = driver.place() {
                    entry.door.address = Some(address.ip());
                }
                return is_wanted(&driver, wish)
                    .map_err(|message| DbError::Open {
                        place: address.place.clone(),
                        message: format!("{} {message}", door.shown()),
                        hint: Some("`target_session_attrs` says which server is wanted".to_owned()),
                    })
                    .map(|()| Opened { driver, entry });
            }
            Err(failure) => {
                let goes_on = is_about_the_way(&failure);
                refusal = Some(with_note(not_opened(address, door, &failure), ignored));
                if !goes_on {
                    break;
                }
            }
        }
    }
    refusal.map_or_else(|| Err(no_server(address)), Err)
}

/// The error, with why the password file was passed over where a password is what is missing.
fn with_note(error: DbError, ignored: Option<String>) -> DbError {
    match (error, ignored) {
        (DbError::Open { place, message, hint: Some(hint) }, Some(ignored))
            if hint.contains("`~/.pgpass`") =>
        {
            DbError::Open { place, message, hint: Some(ignored) }
        }
        (error, _) => error,
    }
}

/// Whether the server is of the kind that is wanted.
fn is_wanted(driver: &Driver, wish: Target) -> Result<(), String> {
    if wish == Target::Any {
        return Ok(());
    }
    let facts = "SELECT pg_is_in_recovery(), current_setting('transaction_read_only')";
    let rows = driver.query(facts).map_err(|error| format!("does not say what it is: {error}"))?;
    let fact = |at: usize, yes: &str| {
        rows.iter().any(|it| matches!(it, SimpleQueryMessage::Row(row) if row.get(at) == Some(yes)))
    };
    let (follows, reads_only) = (fact(0, "t"), fact(1, "on"));
    match wish {
        Target::ReadWrite if reads_only => Err("takes no changes".to_owned()),
        Target::ReadOnly if !reads_only => Err("takes changes".to_owned()),
        Target::Primary if follows => Err("follows another server".to_owned()),
        Target::Standby if !follows => Err("follows no other server".to_owned()),
        _ => Ok(()),
    }
}

/// One error for all servers.
fn all(mut refusals: Vec<DbError>, address: &Address) -> DbError {
    let Some(last) = refusals.pop() else { return no_server(address) };
    let message = |error: &DbError| match error {
        DbError::Open { message, .. } => message.clone(),
        other => other.to_string(),
    };
    let mut messages: Vec<String> = refusals.iter().map(message).collect();
    match last {
        DbError::Open { place, message, hint } => {
            messages.push(message);
            DbError::Open { place, message: messages.join("; "), hint }
        }
        other => other,
    }
}

fn no_server(address: &Address) -> DbError {
    DbError::Open {
        place: address.place.clone(),
        message: "it names no server".to_owned(),
        hint: None,
    }
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry").field("place", &self.address.place).finish_non_exhaustive()
    }
}
