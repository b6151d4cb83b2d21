//! The servers that `tests/servers/run` starts, and the databases that tests make on them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::process::Command;

use mysql::prelude::Queryable;

use support::server::{Server, certificates, query};

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

const HERE: &str =
    "SELECT table_name FROM information_schema.tables WHERE table_schema = database()";

/// As on PostgreSQL: nobody keeps a database, in the middle of something or not.
fn comes_and_goes_on_mysql(server: &Server) {
    let database = server.database();
    let named = format!(
        "SELECT schema_name FROM information_schema.schemata WHERE schema_name = '{}'",
        database.name()
    );
    assert_eq!(database.query("SELECT database()"), [database.name()]);
    assert!(database.query(HERE).is_empty());

    database.mysql().query_drop("CREATE TABLE kept (id integer)").unwrap();
    assert_eq!(database.query(HERE), ["kept"]);

    let other = server.database();
    assert!(other.query(HERE).is_empty());
    assert_eq!(other.query(&named), [database.name()]);

    let mut open = database.mysql();
    open.query_drop("BEGIN").unwrap();
    open.query_drop("INSERT INTO kept VALUES (1)").unwrap();
    drop(database);
    assert!(other.query(&named).is_empty());
    assert!(open.query_drop("COMMIT").is_err());
}

/// What a server is, as far as tests count on it.
fn settings(server: &Server) -> Vec<String> {
    let sql = "SELECT current_user(), @@system_time_zone, @@time_zone, @@character_set_server, @@collation_server, \
               @@lower_case_table_names, @@max_connections, @@log_bin, @@sql_mode";
    let all = server.database().query(sql);
    all[0].split(" | ").map(str::to_owned).collect()
}

#[test]
fn a_database_comes_and_goes_on_mariadb() {
    let server = Server::mariadb();
    comes_and_goes_on_mysql(&server);
    let version = server.database().query("SELECT version()");
    assert_eq!(version[0].get(..6), Some("10.11."));
    let modes =
        "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION";
    assert_eq!(
        settings(&server),
        [
            "root@localhost",
            "UTC",
            "SYSTEM",
            "utf8mb4",
            "utf8mb4_general_ci",
            "0",
            "200",
            "0",
            modes
        ]
    );
    assert_eq!(server.database().query("SELECT @@have_ssl"), ["DISABLED"]);
}

#[test]
fn a_database_comes_and_goes_on_mysql() {
    let Some(server) = Server::mysql() else { return };
    comes_and_goes_on_mysql(&server);
    let version = server.database().query("SELECT version()");
    assert!(version[0].starts_with("9."), "{version:?}");
    let modes = "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,\
                 ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";
    assert_eq!(
        settings(&server),
        [
            "root@localhost",
            "UTC",
            "SYSTEM",
            "utf8mb4",
            "utf8mb4_0900_ai_ci",
            "0",
            "200",
            "0",
            modes
        ]
    );
}

/// What a command says, which ends well.
fn said_by(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = |stream: &[u8]| String::from_utf8_lossy(stream).into_owned();
    assert!(output.status.success(), "{command:?}: {}", said(&output.stderr));
    said(&output.stdout)
}

#[test]
fn the_clients_of_mysql_run_in_a_database() {
    for server in Server::every_mysql() {
        let database = server.database();
        let sql =
            "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('naïve'); SELECT * FROM kept";
        let said = said_by(database.command().args(["--skip-column-names", "-e", sql]));
        assert_eq!(said, "naïve\n");
        assert_eq!(database.query("SELECT * FROM kept"), ["naïve"]);
    }
}

#[test]
fn the_certificate_of_mysql_is_for_its_name() {
    let Some(server) = Server::mysql() else { return };
    let authority = format!("--ssl-ca={}", certificates().join("ca.crt").display());
    let database = server.database();
    let ask = |host: &str| {
        let mut command = database.command();
        command.args([&authority, "--ssl-mode=verify_identity", host, "--skip-column-names"]);
        command.args(["-e", "SHOW STATUS LIKE 'ssl_server_not_after'"]);
        command
    };
    assert!(said_by(&mut ask("--host=localhost")).ends_with(" GMT\n"));
    let output = ask("--host=127.0.0.1").output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    let refused = "ERROR 2026 (HY000): SSL connection error: \
        error:0A000086:SSL routines::certificate verify failed\n";
    assert_eq!(told, refused);
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
