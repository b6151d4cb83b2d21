//! MySQL and MariaDB.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use limbeck::dialect::mysql::{Address, MySql, MySqlConnection};
use limbeck::dialect::{Dialect, Limits};
use mysql::prelude::Queryable;
use mysql::{Conn, Opts, OptsBuilder, Value};

use super::{Database, Refused, Server, Speaks, is_left_out};

/// The program that talks to a server on a command line.
#[derive(Clone, Copy)]
pub(super) struct Client {
    /// Names it.
    variable: &'static str,
    /// Is found where commands are found, when the variable names none.
    name: &'static str,
}

impl Server {
    /// MariaDB 10.11, which offers no TLS.
    pub(crate) fn mariadb() -> Server {
        let client = Client { variable: "LIMBECK_TEST_MARIADB_CLIENT", name: "mariadb" };
        Server::in_variable("LIMBECK_TEST_MARIADB", Speaks::MySql { client })
    }

    /// The newest MySQL, unless the person who runs the tests does without it. It offers TLS.
    pub(crate) fn mysql() -> Option<Server> {
        let client = Client { variable: "LIMBECK_TEST_MYSQL_CLIENT", name: "mysql" };
        let here = || Server::in_variable("LIMBECK_TEST_MYSQL", Speaks::MySql { client });
        (!is_left_out("mysql")).then(here)
    }

    /// MariaDB, and MySQL if it is here.
    pub(crate) fn every_mysql() -> Vec<Server> {
        std::iter::once(Server::mariadb()).chain(Server::mysql()).collect()
    }
}

impl Database {
    /// A session of the tool in a database of MySQL or MariaDB, ready for changes of the schema, and
    /// what the server speaks.
    pub(crate) fn mysql_session(&self) -> (MySql, MySqlConnection) {
        let (url, folder) = (self.url().parse().unwrap(), ".".into());
        let address = Address { url, folder, trials: None };
        let mut db = MySqlConnection::open(&address.url, &address.folder).unwrap();
        let dialect = MySql { address: Some(Arc::new(address)), ..MySql::of(&mut db).unwrap() };
        dialect.prepare(&mut db, &Limits::default()).unwrap();
        (dialect, db)
    }

    /// A new connection to a database of MySQL or MariaDB.
    pub(crate) fn mysql(&self) -> Conn {
        connect(&self.url()).unwrap_or_else(|err| panic!("{err}: {}", self.name()))
    }

    /// The command-line client in this database, which reads a script from its input.
    pub(crate) fn command(&self) -> Command {
        let Speaks::MySql { client } = self.server.speaks else {
            panic!("{} is a database of another kind", self.name());
        };
        let program = std::env::var(client.variable).unwrap_or_else(|_| client.name.to_owned());
        let opts = options(&self.url()).unwrap();
        let mut command = Command::new(program);
        command.args(["--no-defaults", "--protocol=tcp", "--default-character-set=utf8mb4"]);
        command.arg(format!("--host={}", opts.get_ip_or_hostname()));
        command.arg(format!("--port={}", opts.get_tcp_port()));
        command.arg(format!("--user={}", opts.get_user().unwrap_or_default()));
        command.env("MYSQL_PWD", opts.get_pass().unwrap_or_default());
        command.arg(self.name());
        command
    }
}

/// The folder with the authority, `ca.crt` and `ca.key`, that signed the certificate of MySQL: it is for `localhost`.
pub(crate) fn certificates() -> PathBuf {
    let variable = "LIMBECK_TEST_CERTIFICATES";
    let folder = std::env::var_os(variable);
    folder.unwrap_or_else(|| panic!("`{variable}` is not set: run ./test, on its own MySQL")).into()
}

fn options(url: &str) -> Result<Opts, Refused> {
    Ok(Opts::from_url(url)?)
}

/// A connection that stays where the address leads, and does not go over to the server's socket.
fn connect(url: &str) -> Result<Conn, Refused> {
    Ok(Conn::new(OptsBuilder::from_opts(options(url)?).prefer_socket(false))?)
}

/// Runs one statement over a connection of its own.
pub(super) fn execute(url: &str, sql: &str) -> Result<(), Refused> {
    Ok(connect(url)?.query_drop(sql)?)
}

/// Drops a database, whoever is in it: else this would wait for the end of their transactions.
pub(super) fn drop(url: &str, name: &str) -> Result<(), Refused> {
    let mut conn = connect(url)?;
    let inside = format!("SELECT id FROM information_schema.processlist WHERE db = '{name}'");
    for process in conn.query::<u64, _>(inside)? {
        // Who has left since is no longer there.
        let _ = conn.query_drop(format!("KILL {process}"));
    }
    Ok(conn.query_drop(format!("DROP DATABASE {name}"))?)
}

/// Everything one query gives, a line a row, in the server's own words.
pub(super) fn query(conn: &mut Conn, sql: &str) -> Vec<String> {
    let rows = conn.query::<mysql::Row, _>(sql).unwrap_or_else(|err| panic!("{err}: {sql}"));
    let word = |value: Value| match value {
        Value::NULL => "NULL".to_owned(),
        Value::Bytes(bytes) => String::from_utf8(bytes)
            .unwrap_or_else(|err| Value::Bytes(err.into_bytes()).as_sql(true)),
        other => other.as_sql(true),
    };
    let line = |row: mysql::Row| row.unwrap().into_iter().map(word).collect::<Vec<_>>().join(" | ");
    rows.into_iter().map(line).collect()
}
