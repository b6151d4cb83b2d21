//! Sessions of real PostgreSQL servers: what is said when they fail, how long they wait, and that one
//! migrator works at a time, with and without a pooler in between.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod failures;
mod locks;
mod pooler;

use limbeck::dialect::postgres::PostgresConnection;
use limbeck::dialect::{self, Access, Connected, Connection, DbError, Limits, Scope};
use std::path::Path;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use support::server::{Database, Server, query};

/// A session of the database at `url`.
fn open(url: &str) -> Result<PostgresConnection, DbError> {
    PostgresConnection::open(&url.parse().unwrap(), Path::new("."))
}

fn session(database: &Database) -> PostgresConnection {
    open(&database.url()).unwrap()
}

fn connect(database: &Database) -> Connected {
    let url = database.url().parse().unwrap();
    dialect::connect(&url, Path::new("."), Access::Change).unwrap()
}

/// The message and the hint.
fn said(error: &DbError) -> (String, Option<String>) {
    (error.to_string(), error.hint())
}

fn limits(lock: u64, statement: Option<u64>) -> Limits {
    Limits {
        lock_timeout: Duration::from_millis(lock),
        statement_timeout: statement.map(Duration::from_millis),
    }
}

/// The text with numbers of processes and times taken out.
fn without_numbers(text: &str) -> String {
    let mut plain = String::new();
    for c in text.chars() {
        match c.is_ascii_digit() {
            true if plain.ends_with('N') => {}
            true => plain.push('N'),
            false => plain.push(c),
        }
    }
    plain
}

const TIME: &str = "N-N-NTN:N:NZ";

#[test]
fn what_cannot_be_opened_is_told() {
    let server = Server::postgres();
    let port = port_of(&server);
    let open_hint = "is the server running, and are the host and the port right?";
    let cases = [
        (
            format!("postgres://me:secret@127.0.0.1:{port}/postgres"),
            "role \"me\" does not exist".to_owned(),
            Some("is `me` the right user? `createuser me` makes one".to_owned()),
        ),
        (
            format!("postgres://postgres:secret@127.0.0.1:{port}/app"),
            "database \"app\" does not exist".to_owned(),
            Some("`createdb app` makes it".to_owned()),
        ),
        (
            "postgres://me:secret@127.0.0.1:1/app".to_owned(),
            "nobody answers at `127.0.0.1:1`".to_owned(),
            Some(open_hint.to_owned()),
        ),
        (
            "postgres://me:secret@127.0.0.1:1,127.0.0.1:2/app".to_owned(),
            "nobody answers at `127.0.0.1:1`; nobody answers at `127.0.0.1:2`".to_owned(),
            Some(open_hint.to_owned()),
        ),
        (
            "postgres://me:secret@no-such-host.invalid/app".to_owned(),
            "the host `no-such-host.invalid` is not known: name or service not known".to_owned(),
            None,
        ),
        (
            "postgres://me:secret@/app?host=/no/such/folder".to_owned(),
            "there is no socket `/no/such/folder/.s.PGSQL.5432`".to_owned(),
            Some(open_hint.to_owned()),
        ),
        (
            format!("postgres://postgres:secret@127.0.0.1:{port}/postgres?sslmode=require"),
            format!("the server at `127.0.0.1:{port}` has no TLS"),
            Some("`sslmode=disable` or `prefer` goes without".to_owned()),
        ),
        (
            format!("postgres://postgres@127.0.0.1:{port}/postgres?target_session_attrs=standby"),
            format!("`127.0.0.1:{port}` follows no other server"),
            Some("`target_session_attrs` says which server is wanted".to_owned()),
        ),
        (
            format!("postgres://postgres@127.0.0.1:{port}/postgres?options=-c%20no_such%3D1"),
            "unrecognized configuration parameter \"no_such\"".to_owned(),
            None,
        ),
    ];
    for (url, message, hint) in cases {
        let error = open(&url).err().unwrap_or_else(|| panic!("{url}"));
        let place = url.replace("secret", "***");
        assert_eq!(said(&error), (format!("cannot open `{place}`: {message}"), hint));
    }
}

#[test]
fn a_server_that_never_answers_is_given_up() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let url = format!("postgres://me@127.0.0.1:{port}/app?connect_timeout=1");
    let error = open(&url).err().unwrap();
    assert_eq!(
        said(&error),
        (
            format!("cannot open `{url}`: `127.0.0.1:{port}` gave no answer within 1 s"),
            Some("is the host right? `connect_timeout` says how long to wait".to_owned())
        )
    );
}

#[test]
fn the_first_host_that_answers_is_taken() {
    let database = Server::postgres().database();
    let url = database.url().replacen('@', "@127.0.0.1:1,", 1);
    let mut db =
        open(&format!("{url}?application_name=a%20b&search_path=pg_catalog,public")).unwrap();
    let facts = "SELECT current_setting('application_name'), current_setting('search_path'), \
                 current_database(), $1, $2";
    let row = db.query(facts, &[Some("it's"), None]).unwrap();
    let expected =
        [Some("a b"), Some("pg_catalog,public"), Some(database.name()), Some("it's"), None];
    assert_eq!(row, [expected.map(|it| it.map(str::to_owned)).to_vec()]);
}

const LEASE: &str = "SELECT to_regclass('limbeck_lease')";

fn port_of(server: &Server) -> String {
    server.url().rsplit(':').next().unwrap().split('/').next().unwrap().to_owned()
}
