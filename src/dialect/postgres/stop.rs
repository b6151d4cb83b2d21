//! The word to stop what a session does: it goes to the same server by a way of its own.
//!
//! Whoever gets it ends that way when it is done. A pooler forgets a word whose sender left first,
//! so this one waits, which the driver does not.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::net::{TcpStream, lookup_host};
use tokio::runtime::Builder;
use tokio::time::timeout;
use tokio_postgres::CancelToken;

use super::address::Door;
use super::tls::{Stream, Tls};

/// How long it may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where a server is.
#[derive(Clone, Debug)]
pub(super) enum Place {
    Internet(SocketAddr),
    /// The socket of this machine.
    Socket(PathBuf),
}

/// The places of a server, which may have several addresses.
///
/// # Errors
/// When its name is not known.
pub(super) async fn places(door: &Door) -> io::Result<Vec<Place>> {
    if door.is_socket() {
        let name = format!(".s.PGSQL.{}", door.port);
        return Ok(vec![Place::Socket(Path::new(&door.host).join(name))]);
    }
    if let Some(address) = door.address {
        return Ok(vec![Place::Internet(SocketAddr::new(address, door.port))]);
    }
    Ok(lookup_host((door.host.as_str(), door.port)).await?.map(Place::Internet).collect())
}

/// What stops the statements of one session.
#[derive(Clone)]
pub(super) struct Stop {
    pub(super) token: CancelToken,
    pub(super) tls: Tls,
    pub(super) place: Place,
    pub(super) door: Door,
}

impl Stop {
    /// Stops the statement that runs, if one does. Nobody is there whom it could be told that this
    /// failed: the statement then goes on.
    pub(super) async fn send(self) {
        let _ = timeout(PATIENCE, self.try_to()).await;
    }

    /// The same, from any thread.
    pub(super) fn send_and_wait(self) {
        if let Ok(runtime) = Builder::new_current_thread().enable_all().build() {
            runtime.block_on(self.send());
        }
    }

    async fn try_to(self) -> Option<()> {
        // Where nothing is encrypted the name says nothing.
        let mut tls =
            self.tls.with(&self.door.host).or_else(|_| self.tls.with("localhost")).ok()?;
        tls.lingers = true;
        match &self.place {
            Place::Internet(address) => {
                let way = TcpStream::connect(address).await.ok()?;
                self.token.cancel_query_raw(Stream::lingering(way), tls).await.ok()
            }
            #[cfg(unix)]
            Place::Socket(path) => {
                let way = tokio::net::UnixStream::connect(path).await.ok()?;
                self.token.cancel_query_raw(Stream::lingering(way), tls).await.ok()
            }
            #[cfg(not(unix))]
            Place::Socket(_) => None,
        }
    }
}
