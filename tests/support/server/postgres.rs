//! PostgreSQL, and pgbouncer before it.

use std::path::Path;

use limbeck::dialect::postgres::{Postgres, PostgresConnection};
use limbeck::dialect::{Dialect, Limits};
use postgres::{Client, NoTls, SimpleQueryMessage};

use super::{Database, Refused, Server, Speaks, is_left_out};

impl Server {
    /// PostgreSQL 15.
    pub(crate) fn postgres() -> Server {
        Server::in_variable("LIMBECK_TEST_POSTGRES", Speaks::Postgres)
    }

    /// PostgreSQL 18, unless the person who runs the tests does without it.
    pub(crate) fn postgres18() -> Option<Server> {
        let here = || Server::in_variable("LIMBECK_TEST_POSTGRES18", Speaks::Postgres);
        (!is_left_out("postgres18")).then(here)
    }

    /// pgbouncer before a PostgreSQL, which gives each transaction a connection that others share.
    pub(crate) fn pgbouncer() -> Server {
        Server::in_variable("LIMBECK_TEST_PGBOUNCER", Speaks::Postgres)
    }

    /// Every version of PostgreSQL that is here.
    pub(crate) fn every_postgres() -> Vec<Server> {
        std::iter::once(Server::postgres()).chain(Server::postgres18()).collect()
    }
}

impl Database {
    /// A new connection to a database of PostgreSQL.
    pub(crate) fn client(&self) -> Client {
        Client::connect(&self.url(), NoTls).unwrap()
    }

    /// A session of the tool in it, ready for changes of the schema, and what the server speaks.
    pub(crate) fn session(&self) -> (Postgres, PostgresConnection) {
        let url = self.url().parse().unwrap();
        let mut db = PostgresConnection::open(&url, Path::new(".")).unwrap();
        let dialect = Postgres::of(&mut db).unwrap();
        dialect.prepare(&mut db, &Limits::default()).unwrap();
        (dialect, db)
    }
}

/// Makes an empty database.
pub(super) fn create(server: &Server, name: &str) -> Result<(), Refused> {
    // Copied files come twice as fast here as logged ones.
    let create = format!("CREATE DATABASE {name} TEMPLATE template0");
    server
        .execute(&format!("{create} STRATEGY file_copy"))
        // Before 15 there is no other way.
        .or_else(|_| server.execute(&create))
}

/// Drops a database, whoever is in it.
pub(super) fn drop(server: &Server, name: &str) -> Result<(), Refused> {
    let drop = format!("DROP DATABASE {name}");
    // Before 13 nobody may be left in it.
    server.execute(&format!("{drop} WITH (FORCE)")).or_else(|_| server.execute(&drop))
}

/// Runs one statement over a connection of its own.
pub(super) fn execute(url: &str, sql: &str) -> Result<(), Refused> {
    Ok(Client::connect(url, NoTls)?.batch_execute(sql)?)
}

/// Everything one query gives, a line a row, in the server's own words.
pub(crate) fn query(client: &mut Client, sql: &str) -> Vec<String> {
    let messages = client.simple_query(sql).unwrap_or_else(|err| panic!("{err:?}: {sql}"));
    let line = |message: &SimpleQueryMessage| match message {
        SimpleQueryMessage::Row(row) => {
            let values = (0..row.len()).map(|at| row.get(at).unwrap_or("NULL"));
            Some(values.collect::<Vec<_>>().join(" | "))
        }
        _ => None,
    };
    messages.iter().filter_map(line).collect()
}
