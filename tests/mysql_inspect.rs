//! What is read of a database of MySQL and MariaDB.
//!
//! A folder of `tests/mysql_inspect` is a database made by its `schema.sql`; `found-mysql.toml` and
//! `found-mariadb.toml` are all that is found there, as the script that would make it.
//! `UPDATE_GOLDEN=1` writes them. The same is found in what is made of it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::Path;

use limbeck::dialect::mysql::{MySql, MySqlConnection};
use limbeck::dialect::{Connection, Dialect, Scope};
use limbeck::diff::diff;
use limbeck::operation::Operation;
use limbeck::run;
use limbeck::schema::{Name, Object, Schema};
use limbeck::script::{Entry, Script, toml};
use support::noting::Noting;
use support::server::{Database, Server};

/// A session in which time is not the machine's own.
fn connect(database: &Database) -> MySqlConnection {
    let url = database.url().parse().unwrap();
    let mut db = MySqlConnection::open(&url, Path::new(".")).unwrap();
    db.execute("SET time_zone = '+00:00'").unwrap();
    db
}

fn inspect(db: &mut dyn Connection, scope: &Scope) -> Schema {
    MySql::of(db).unwrap().inspect(db, scope).unwrap()
}

/// Runs a script in a session of its own.
fn make(database: &Database, sql: &str) {
    let mut db = connect(database);
    let dialect = MySql::of(&mut db).unwrap();
    for piece in dialect.split(sql).unwrap() {
        db.execute(piece.sql).unwrap_or_else(|err| panic!("{err:?}"));
    }
}

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mysql_inspect").join(name)
}

/// All of a schema as the script that makes it, which says as much as the schema does.
fn script(schema: &Schema) -> String {
    let operations = diff(&Schema::default(), schema);
    let mut made = Schema { others: schema.others.clone(), ..Schema::default() };
    operations.iter().for_each(|it| made.apply(it).unwrap());
    assert_eq!(made, *schema);
    let upgrade = operations.into_iter().map(Entry::from).collect();
    let script = Script { upgrade, ..Script::default() }.canonical();
    let body = toml::write_body(&script, &|_: &Operation| None).upgrade;
    let others = schema.others.iter().map(|it| format!("# {} {}\n", it.kind, it.name));
    format!("{body}\n\n{}", others.collect::<String>()).trim_end().to_owned() + "\n"
}

fn same(what: &str, expected: &str, found: &str) {
    if found != expected {
        let difference = similar::TextDiff::from_lines(expected, found);
        panic!("{what}:\n{}", difference.unified_diff());
    }
}

/// Makes the database of a folder on `server`, and compares what is found there. Then makes of that
/// another one, in which the same is found.
fn check(name: &str, server: &Server) {
    let (database, another) = (server.database(), server.database());
    let folder = folder(name);
    make(&database, &fs::read_to_string(folder.join("schema.sql")).unwrap());
    let mut db = connect(&database);
    let dialect = MySql::of(&mut db).unwrap();
    let schema = inspect(&mut db, &Scope::default());
    let found = script(&schema);
    let path = folder.join(format!("found-{}.toml", dialect.name()));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &found).unwrap();
    }
    same(&path.to_string_lossy(), &fs::read_to_string(&path).unwrap_or_default(), &found);

    let mut db = connect(&another);
    let operations = diff(&Schema::default(), &schema);
    let dialect = MySql::of(&mut db).unwrap();
    let carried_out = run::execute(&dialect, &mut db, &operations, &|_| {});
    assert!(carried_out.is_ok(), "{carried_out:?}");
    let again = inspect(&mut db, &Scope::default());
    same("made anew", &script(&comparable(schema)), &script(&comparable(again)));
}

/// The schema without what no operation makes.
fn comparable(mut schema: Schema) -> Schema {
    schema.others.clear();
    schema
}

fn check_everywhere(name: &str) {
    Server::every_mysql().iter().for_each(|server| check(name, server));
}

#[test]
fn columns() {
    check_everywhere("columns");
}

#[test]
fn constraints() {
    check_everywhere("constraints");
}

#[test]
fn tables() {
    check_everywhere("tables");
}

#[test]
fn objects() {
    check_everywhere("objects");
}

#[test]
fn what_only_mariadb_has() {
    check("mariadb", &Server::mariadb());
}

#[test]
fn what_only_mysql_has() {
    if let Some(server) = Server::mysql() {
        check("mysql", &server);
    }
}
