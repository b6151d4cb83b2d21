//! Knocking at the server of an address.

use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::path::Path;
use std::sync::Arc;

use super::address::{Address, Door};
use super::authority::Authorities;
use super::driver::Driver;
use super::failure::{Failure, is_about_the_way, not_opened};
use super::tls::Mode;
use crate::dialect::DbError;
use crate::dialect::url::Url;

/// A server that let us in, and how to get in again.
pub(super) struct Opened {
    pub(super) driver: Driver,
    pub(super) entry: Entry,
}

/// How to open one more session of the same server.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) address: Arc<Address>,
    /// One of the addresses for which the host's name stands.
    pub(super) internet: Option<IpAddr>,
    pub(super) is_encrypted: bool,
    /// Whom alone to trust.
    pub(super) authorities: Option<Authorities>,
}

/// Opens a session of the server.
///
/// # Errors
/// Why there is none.
pub(super) fn open(url: &Url, folder: &Path) -> Result<Opened, DbError> {
    let address = Arc::new(Address::new(url, folder)?);
    knock(&address).map_err(|failure| not_opened(&address, &failure))
}

/// Tries the addresses of the server, with and without TLS as far as that is left to it.
fn knock(address: &Arc<Address>) -> Result<Opened, Failure> {
    let internet: Vec<Option<IpAddr>> = match &address.door {
        Door::Socket(_) => vec![None],
        Door::Host(host, port) => places(host, *port)?.iter().map(|it| Some(it.ip())).collect(),
    };
    let ways: &[bool] = match (&address.door, address.security.mode) {
        (Door::Socket(_), _) | (_, Mode::Disabled) => &[false],
        (_, Mode::Preferred) => &[true, false],
        _ => &[true],
    };
    let encrypts = ways.contains(&true);
    let authorities = if encrypts { address.security.authorities() } else { Ok(None) };
    let authorities = authorities.map_err(|(what, hint)| Failure::Files(what, hint))?;
    let mut refusal = None;
    for internet in internet {
        for is_encrypted in ways {
            let entry = Entry {
                address: Arc::clone(address),
                internet,
                is_encrypted: *is_encrypted,
                authorities: authorities.clone(),
            };
            match Driver::open(&entry) {
                Ok(driver) => return Ok(Opened { driver, entry }),
                // Whoever answers is the server.
                Err(failure @ Failure::Driver(mysql::Error::MySqlError(_))) => return Err(failure),
                Err(failure) => {
                    let goes_on = is_about_the_way(&failure);
                    refusal = Some(failure);
                    if !goes_on {
                        break;
                    }
                }
            }
        }
    }
    Err(refusal.unwrap_or(Failure::Nowhere))
}

/// The addresses for which a name stands.
fn places(host: &str, port: u16) -> Result<Vec<SocketAddr>, Failure> {
    let mut all: Vec<SocketAddr> =
        (host, port).to_socket_addrs().map_err(Failure::Unknown)?.collect();
    all.dedup();
    Ok(all)
}
