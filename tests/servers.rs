//! The servers that `tests/servers/run` starts, and the databases that tests make on them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use support::server::{Server, query};

const SCHEMAS: &str = "SELECT nspname FROM pg_namespace ORDER BY nspname";
const RELATIONS: &str = "SELECT relname FROM pg_class WHERE oid >= 16384 ORDER BY relname";

/// A database comes empty, holds what is put there, and is gone afterwards, whoever looks at it.
fn comes_and_goes(server: &Server) {
    let database = server.database();
    let named = format!("SELECT datname FROM pg_database WHERE datname = '{}'", database.name());
    assert_eq!(database.query("SELECT current_database()"), [database.name()]);
    assert_eq!(database.query(SCHEMAS), ["information_schema", "pg_catalog", "pg_toast", "public"]);
    assert!(database.query(RELATIONS).is_empty());

    database.client().batch_execute("CREATE TABLE kept (id integer)").unwrap();
    assert_eq!(database.query(RELATIONS), ["kept"]);

    let other = server.database();
    assert!(other.query(RELATIONS).is_empty());
    assert_eq!(other.query(&named), [database.name()]);

    let mut open = database.client();
    assert_eq!(query(&mut open, "SELECT 1"), ["1"]);
    drop(database);
    assert!(other.query(&named).is_empty());
    drop(open);
}

#[test]
fn a_database_comes_and_goes_on_postgres() {
    comes_and_goes(&Server::postgres());
}

#[test]
fn a_database_comes_and_goes_on_postgres_18() {
    let Some(server) = Server::postgres18() else { return };
    comes_and_goes(&server);
    let version = server.database().query("SHOW server_version_num");
    assert_eq!(&version[0][..2], "18");
}

#[test]
fn a_database_comes_and_goes_through_pgbouncer() {
    comes_and_goes(&Server::pgbouncer());
}

#[test]
fn pgbouncer_keeps_a_connection_for_a_transaction_only() {
    let database = Server::pgbouncer().database();
    let (mut one, mut two) = (database.client(), database.client());
    let process = "SELECT pg_backend_pid()";
    assert_eq!(query(&mut one, process), query(&mut two, process));

    one.batch_execute("BEGIN").unwrap();
    assert_ne!(query(&mut one, process), query(&mut two, process));
}

#[test]
fn a_database_goes_with_a_test_that_fails() {
    let server = Server::postgres();
    let name = std::sync::Mutex::new(String::new());
    let failed = std::thread::scope(|scope| {
        let test = || {
            let database = server.database();
            database.name().clone_into(&mut name.lock().unwrap());
            panic!("as a test does");
        };
        scope.spawn(test).join().is_err()
    });
    assert!(failed);
    let name = name.into_inner().unwrap();
    let left = format!("SELECT datname FROM pg_database WHERE datname = '{name}'");
    assert!(server.database().query(&left).is_empty());
}
