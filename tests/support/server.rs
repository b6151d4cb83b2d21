//! Real database servers, which `tests/servers/run` starts, and a database for each test on them.

use std::path::Path;

use limbeck::dialect::postgres::{Postgres, PostgresConnection};
use limbeck::dialect::{Dialect, Limits};
use postgres::{Client, NoTls, SimpleQueryMessage};

/// A server on which tests make databases.
#[derive(Clone)]
pub(crate) struct Server {
    url: String,
}

impl Server {
    /// PostgreSQL 15.
    pub(crate) fn postgres() -> Server {
        Server::in_variable("LIMBECK_TEST_POSTGRES")
    }

    /// PostgreSQL 18, unless the person who runs the tests does without it.
    pub(crate) fn postgres18() -> Option<Server> {
        let without = std::env::var("LIMBECK_TEST_WITHOUT").unwrap_or_default();
        let left_out = without.split_whitespace().any(|name| name == "postgres18");
        (!left_out).then(|| Server::in_variable("LIMBECK_TEST_POSTGRES18"))
    }

    /// pgbouncer before a PostgreSQL, which gives each transaction a connection that others share.
    pub(crate) fn pgbouncer() -> Server {
        Server::in_variable("LIMBECK_TEST_PGBOUNCER")
    }

    /// Every version of PostgreSQL that is here.
    pub(crate) fn every_postgres() -> Vec<Server> {
        std::iter::once(Server::postgres()).chain(Server::postgres18()).collect()
    }

    fn in_variable(variable: &str) -> Server {
        match std::env::var(variable) {
            Ok(url) if !url.is_empty() => Server { url },
            _ => panic!(
                "this test needs the database server that `{variable}` names: \
                 run ./test, or tests/servers/run cargo nextest run"
            ),
        }
    }

    /// Where the server is, with the database in which others are made.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// A new database with nothing in it, which goes when this value does.
    pub(crate) fn database(&self) -> Database {
        let name = format!("limbeck_test_{}", uuid::Uuid::new_v4().simple());
        // Copied files come twice as fast here as logged ones.
        let create = format!("CREATE DATABASE {name} TEMPLATE template0");
        self.execute(&format!("{create} STRATEGY file_copy"))
            // Before 15 there is no other way.
            .or_else(|_| self.execute(&create))
            .unwrap_or_else(|err| panic!("{name} cannot be made: {err:?}"));
        Database { server: self.clone(), name }
    }

    /// Runs one statement in no database in particular, and outside a transaction.
    pub(crate) fn execute(&self, sql: &str) -> Result<(), postgres::Error> {
        Client::connect(&self.url, NoTls)?.batch_execute(sql)
    }

    /// The address of another database on this server.
    fn with_database(&self, name: &str) -> String {
        let (address, options) = match self.url.split_once('?') {
            Some((address, options)) => (address, format!("?{options}")),
            None => (self.url.as_str(), String::new()),
        };
        match address.rsplit_once('/') {
            Some((server, _)) if server.contains("://") => format!("{server}/{name}{options}"),
            _ => panic!("`postgres://person@host:port/database` is wanted, not `{}`", self.url),
        }
    }
}

/// A database of one test.
pub(crate) struct Database {
    server: Server,
    name: String,
}

impl Database {
    /// Its name, which no other has.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Where it is.
    pub(crate) fn url(&self) -> String {
        self.server.with_database(&self.name)
    }

    /// The host and the port of its server, as they stand in its address.
    pub(crate) fn place(&self) -> String {
        let url = self.url();
        let place = url.split_once("://").map_or(url.as_str(), |it| it.1);
        let place = place.split(['/', '?']).next().unwrap_or_default();
        place.rsplit_once('@').map_or(place, |it| it.1).to_owned()
    }

    /// A new connection to it.
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

    /// Everything one query gives, a line a row, over a connection of its own.
    pub(crate) fn query(&self, sql: &str) -> Vec<String> {
        query(&mut self.client(), sql)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE {}", self.name);
        let gone = self.server.execute(&format!("{drop} WITH (FORCE)"));
        // Before 13 nobody may be left in it.
        let gone = gone.or_else(|_| self.server.execute(&drop));
        match gone {
            Ok(()) => {}
            Err(err) if std::thread::panicking() => {
                eprintln!("{} cannot be dropped: {err:?}", self.name);
            }
            Err(err) => panic!("{} cannot be dropped: {err:?}", self.name),
        }
    }
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
