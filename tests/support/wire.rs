//! What clients send to a PostgreSQL server: a relay before it keeps it.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

use super::server::Database;

/// Stands between the server of a database and one client, who is not to use TLS.
pub(crate) struct Wire {
    url: String,
    line: JoinHandle<std::io::Result<Vec<String>>>,
}

impl Wire {
    /// Waits for the client.
    pub(crate) fn before(database: &Database) -> Wire {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let here = listener.local_addr().unwrap().to_string();
        let server = database.place();
        let url = database.url().replacen(&server, &here, 1);
        let line = thread::spawn(move || {
            let (client, _) = listener.accept()?;
            relay(client, TcpStream::connect(server)?)
        });
        Wire { url, line }
    }

    /// Where the client finds the database.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The statements that were sent, when the client has gone.
    pub(crate) fn statements(self) -> Vec<String> {
        self.line.join().unwrap().unwrap()
    }
}

/// Moves what is sent in both directions until the client goes.
fn relay(mut client: TcpStream, mut server: TcpStream) -> std::io::Result<Vec<String>> {
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (mut answers, mut back) = (server.try_clone()?, client.try_clone()?);
    let answering = thread::spawn(move || std::io::copy(&mut answers, &mut back));
    // The first message has no letter before its length.
    let startup = message(&mut client, Vec::new())?.unwrap_or_default();
    server.write_all(&startup)?;
    let mut statements = Vec::new();
    let mut letter = [0];
    while client.read(&mut letter)? == 1 {
        let Some(sent) = message(&mut client, letter.to_vec())? else { break };
        if let [b'Q' | b'P', _, _, _, _, text @ ..] = &sent[..] {
            let text = text.strip_suffix(b"\0").unwrap_or(text);
            statements.push(String::from_utf8_lossy(text).into_owned());
        }
        server.write_all(&sent)?;
    }
    server.shutdown(Shutdown::Write)?;
    let _ = answering.join();
    Ok(statements)
}

/// The rest of a message behind `begin`: its length, which counts itself, and what is in it.
fn message(client: &mut TcpStream, begin: Vec<u8>) -> std::io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    if client.read_exact(&mut length).is_err() {
        return Ok(None);
    }
    let mut rest = vec![0; usize::try_from(u32::from_be_bytes(length)).unwrap_or(4) - 4];
    client.read_exact(&mut rest)?;
    Ok(Some([begin, length.to_vec(), rest].concat()))
}
