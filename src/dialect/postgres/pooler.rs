//! Whether a pooler stands between this client and the server.
//!
//! At the beginning of a session a server tells the number of its process, by which a statement
//! can be stopped. A pooler hands one session to many clients, so it has to tell a number of its
//! own: behind one the number is not that of the process which then runs the statements. Session
//! locks and session settings are the next client's there.

use std::future::{Ready, ready};
use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio_postgres::CancelToken;
use tokio_postgres::tls::{ChannelBinding, TlsConnect, TlsStream};

use super::tls::Stream;

/// The number that was told. The driver keeps it to itself, and writes it into every word to stop:
/// so one is written here that nobody gets.
pub(super) async fn told_process(token: &CancelToken) -> Option<i32> {
    const ROOM: usize = 64;
    // Length, code, number, key: four bytes each.
    const NUMBER_AND_KEY: usize = 8;
    let (near, mut far) = duplex(ROOM);
    // "There is TLS", where that is asked first.
    far.write_all(b"S").await.ok()?;
    token.cancel_query_raw(near, Plain).await.ok()?;
    let mut sent = Vec::new();
    far.read_to_end(&mut sent).await.ok()?;
    let at = sent.len().checked_sub(NUMBER_AND_KEY)?;
    sent.get(at..)?.first_chunk().map(|number| i32::from_be_bytes(*number))
}

/// Encrypts nothing.
struct Plain;

impl TlsConnect<DuplexStream> for Plain {
    type Stream = Stream<DuplexStream>;
    type Error = io::Error;
    type Future = Ready<io::Result<Stream<DuplexStream>>>;

    fn connect(self, stream: DuplexStream) -> Self::Future {
        ready(Ok(Stream::new(stream)))
    }
}

impl TlsStream for Stream<DuplexStream> {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}
