//! Sessions of real servers of MySQL and MariaDB: what they answer, what is said when they fail, how
//! long they wait, and that one migrator works at a time.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod failures;
mod locks;
mod scratch;
mod scripts;

use limbeck::dialect::mysql::{Flavour, MySql, MySqlConnection};
use limbeck::dialect::{self, Access, Connected, Connection, DbError, Limits};
use std::path::Path;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use support::server::{Database, Server};

/// A session of the database at `url`.
fn open(url: &str) -> Result<MySqlConnection, DbError> {
    MySqlConnection::open(&url.parse().unwrap(), Path::new("."))
}

fn session(database: &Database) -> MySqlConnection {
    open(&database.url()).unwrap()
}

fn connect(database: &Database) -> Connected {
    let url = database.url().parse().unwrap();
    dialect::connect(&url, Path::new("."), Access::Change).unwrap()
}

/// Both servers, as far as they are there.
fn servers() -> impl Iterator<Item = (Flavour, Server)> {
    let mysql = Server::mysql().map(|it| (Flavour::MySql, it));
    std::iter::once((Flavour::MariaDb, Server::mariadb())).chain(mysql)
}

/// The first value of an answer.
fn value(db: &mut dyn Connection, sql: &str) -> String {
    let rows = db.query(sql, &[]).unwrap();
    rows[0][0].clone().unwrap_or_else(|| "NULL".to_owned())
}

fn limits(lock: u64, statement: Option<u64>) -> Limits {
    Limits {
        lock_timeout: Duration::from_millis(lock),
        statement_timeout: statement.map(Duration::from_millis),
    }
}

/// The text with numbers of sessions and times taken out.
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

/// Values come as the server prints them.
#[test]
fn answers() {
    for (_, server) in servers() {
        let database = server.database();
        let mut db = session(&database);
        let rows = db
            .query(
                "SELECT NULL, 1.50, 'é', TIMESTAMP('2026-01-02 03:04:05.5'), x'00ff', true, ''",
                &[],
            )
            .unwrap();
        let texts: Vec<_> = rows[0].iter().map(|it| it.as_deref().unwrap_or("NULL")).collect();
        assert_eq!(texts, ["NULL", "1.50", "é", "2026-01-02 03:04:05.5", "0x00FF", "1", ""]);

        let rows = db.query("SELECT ?, '?', ?", &[Some("it's \\ \"é\""), None]).unwrap();
        assert_eq!(rows, [[Some("it's \\ \"é\"".to_owned()), Some("?".to_owned()), None]]);
        db.execute("SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'").unwrap();
        let rows = db.query("SELECT ?", &[Some("it's \\")]).unwrap();
        assert_eq!(rows, [[Some("it's \\".to_owned())]]);

        assert_eq!(db.query("DO 0", &[]).unwrap(), Vec::<dialect::Row>::new());
        assert_eq!(value(&mut db, "SELECT @@character_set_client"), "utf8mb4");
        assert_eq!(value(&mut db, "SELECT @@character_set_results"), "utf8mb4");
        assert_eq!(value(&mut db, "SELECT @@explicit_defaults_for_timestamp"), "1");
        assert_eq!(db.refuse("SELECT 1 FROM (SELECT 1) a WHERE 1 = 0", "").unwrap(), None);
        assert_eq!(db.refuse("SELECT 1", "").unwrap(), Some(vec![Some("1".to_owned())]));
    }
}

/// What a server says of itself.
#[test]
fn what_is_spoken() {
    for (flavour, server) in servers() {
        let database = server.database();
        let mut db = session(&database);
        db.execute(&format!(
            "ALTER DATABASE {} CHARACTER SET latin1 COLLATE latin1_bin",
            database.name()
        ))
        .unwrap();
        db.execute("SET SESSION sql_mode = 'ANSI_QUOTES,STRICT_ALL_TABLES'").unwrap();
        let dialect = MySql::of(&mut db).unwrap();
        assert_eq!(dialect.flavour, flavour);
        assert!(dialect.version >= 90_000, "{}", dialect.version);
        assert!(dialect.mode.ansi_quotes && !dialect.mode.no_backslash_escapes);
        assert_eq!(dialect.schema.as_deref(), Some(database.name()));
        assert_eq!(dialect.charset, Some(("latin1".to_owned(), "latin1_bin".to_owned())));
        assert!(dialect.case_sensitive);
        let (dialect, _) = connect(&database);
        assert_eq!(dialect.name(), flavour.name());
    }
}

/// Everything a server has to say is said, but what it notes by the way.
#[test]
fn warnings() {
    for (_, server) in servers() {
        let database = server.database();
        let mut db = session(&database);
        db.execute("DROP TABLE IF EXISTS t").unwrap();
        db.execute("SET SESSION sql_mode = ''").unwrap();
        db.notices();
        db.execute("CREATE TABLE t (a varchar(2))").unwrap();
        db.execute("INSERT INTO t VALUES ('abc')").unwrap();
        assert_eq!(db.notices(), ["warning: Data truncated for column 'a' at row 1"]);
        assert_eq!(db.notices(), Vec::<String>::new());
        db.execute("CREATE TABLE booleans (a tinyint(1))").unwrap();
        assert_eq!(db.notices(), Vec::<String>::new());
    }
}
