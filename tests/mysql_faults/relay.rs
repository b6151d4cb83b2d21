//! Stands between the tool and a server, and holds the line at one statement.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use super::LONG;
use crate::support::server::Database;

/// A statement that writes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum At {
    /// Of this number, from 1.
    Number(usize),
    /// Which begins like this.
    Text(&'static str),
}

/// Where the line is held.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Hold {
    Nowhere,
    /// The statement does not reach the server.
    Before(At),
    /// The server has carried it out, and its answer does not come.
    Behind(At),
}

impl At {
    fn is(self, number: usize, text: &str) -> bool {
        match self {
            At::Number(it) => it == number,
            At::Text(it) => text.starts_with(it),
        }
    }
}

/// A line to a server for as many connections as want it. What writes goes over one of them.
pub(crate) struct Relay {
    url: String,
    line: Arc<Line>,
    held: Receiver<()>,
}

struct Line {
    hold: Hold,
    /// The statements that write, in their order.
    written: Mutex<Vec<String>>,
    /// Both ends of every connection.
    ends: Mutex<Vec<TcpStream>>,
    is_held: Sender<()>,
}

impl Relay {
    /// The client is not to use TLS: the address says so.
    pub(crate) fn before(database: &Database, hold: Hold) -> Relay {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let here = listener.local_addr().unwrap().to_string();
        let server = database.place();
        let url = format!("{}?ssl-mode=disabled", database.url().replacen(&server, &here, 1));
        let (is_held, held) = channel();
        let (written, ends) = Default::default();
        let line = Arc::new(Line { hold, written, ends, is_held });
        let shared = Arc::clone(&line);
        thread::spawn(move || {
            while let Ok((client, _)) = listener.accept() {
                let line = Arc::clone(&shared);
                let server = TcpStream::connect(&server).unwrap();
                // An end of the line is no mistake.
                thread::spawn(move || line.carry(client, server).is_ok());
            }
        });
        Relay { url, line, held }
    }

    /// Where the client finds the database.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Waits until the line is held.
    pub(crate) fn wait(&self) {
        let waited = self.held.recv_timeout(LONG);
        waited.unwrap_or_else(|_| panic!("{:?}: {:#?}", self.line.hold, self.written()));
    }

    /// Cuts all connections, at both ends.
    pub(crate) fn cut(&self) {
        for end in self.line.ends.lock().unwrap().drain(..) {
            let _ = end.shutdown(Shutdown::Both);
        }
    }

    /// The statements that were sent and write.
    pub(crate) fn written(&self) -> Vec<String> {
        self.line.written.lock().unwrap().clone()
    }
}

impl Line {
    fn carry(&self, mut client: TcpStream, mut server: TcpStream) -> std::io::Result<()> {
        for end in [&client, &server] {
            end.set_nodelay(true)?;
            self.ends.lock().unwrap().push(end.try_clone()?);
        }
        let answers = (server.try_clone()?, client.try_clone()?);
        let is_behind = Arc::new(Mutex::new(false));
        let (held, held_too) = (Arc::clone(&is_behind), self.is_held.clone());
        thread::spawn(move || answer(answers, &held, &held_too).is_ok());
        loop {
            let mut packet = vec![0; 4];
            client.read_exact(&mut packet)?;
            let [a, b, c, sequence] = packet[..] else { unreachable!() };
            let length = u32::from_le_bytes([a, b, c, 0]);
            packet.resize(4 + usize::try_from(length).unwrap(), 0);
            client.read_exact(&mut packet[4..])?;
            if let (0, 3, text) = (sequence, packet[4], &packet[5..])
                && let Some((number, text)) = self.note(text)
            {
                match self.hold {
                    Hold::Before(at) if at.is(number, &text) => {
                        self.is_held.send(()).unwrap();
                        return Ok(());
                    }
                    Hold::Behind(at) if at.is(number, &text) => *is_behind.lock().unwrap() = true,
                    _ => {}
                }
            }
            server.write_all(&packet)?;
        }
    }

    /// Keeps a statement that writes, and gives it with its number, from 1.
    fn note(&self, text: &[u8]) -> Option<(usize, String)> {
        let text = String::from_utf8_lossy(text).into_owned();
        let reads = ["SELECT", "SHOW", "SET", "DO", "ROLLBACK", "KILL"];
        if reads.contains(&text.split_whitespace().next().unwrap_or_default()) {
            return None;
        }
        let mut written = self.written.lock().unwrap();
        written.push(text.clone());
        Some((written.len(), text))
    }
}

/// Carries answers back until one is held.
fn answer(
    (mut server, mut client): (TcpStream, TcpStream),
    is_behind: &Mutex<bool>,
    is_held: &Sender<()>,
) -> std::io::Result<()> {
    let mut buffer = vec![0; 65536];
    loop {
        let length = server.read(&mut buffer)?;
        if *is_behind.lock().unwrap() {
            let _ = is_held.send(());
            return Ok(());
        }
        if length == 0 {
            return client.shutdown(Shutdown::Write);
        }
        client.write_all(&buffer[..length])?;
    }
}
