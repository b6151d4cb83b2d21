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
use limbeck::schema::{Name, Schema};
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
    let database = server.database();
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

    let another = server.database();
    let mut db = connect(&another);
    let dialect = MySql::of(&mut db).unwrap();
    let operations = diff(&Schema::default(), &schema);
    let carried_out = run::execute(&dialect, &mut db, &operations, &|_| {});
    assert!(carried_out.is_ok(), "{carried_out:?}");
    let mut again = inspect(&mut db, &Scope::default());
    again.others.clone_from(&schema.others);
    same("made anew", &found, &script(&again));
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

/// A database with a little of everything.
fn example(server: &Server) -> Database {
    let database = server.database();
    make(
        &database,
        "CREATE TABLE author (id int NOT NULL PRIMARY KEY, name varchar(9) DEFAULT '?', CHECK (id > 0));
         CREATE TABLE log (id int, t text, FOREIGN KEY (id) REFERENCES author (id), FULLTEXT KEY t (t));
         CREATE TABLE other (id int) PARTITION BY HASH (id) PARTITIONS 2;
         CREATE VIEW authors AS SELECT id FROM author;
         CREATE VIEW others AS SELECT id FROM other;
         CREATE TRIGGER note BEFORE INSERT ON author FOR EACH ROW SET new.name = 'a''b';
         CREATE TRIGGER note_other BEFORE INSERT ON other FOR EACH ROW SET new.id = 1;
         CREATE FUNCTION f(a int) RETURNS int NO SQL RETURN 1;
         CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM log",
    );
    database
}

fn names(schema: &Schema) -> Vec<String> {
    let tables = schema.tables.iter().map(|it| format!("table {}", it.name));
    tables.chain(schema.objects.iter().map(|it| it.key().to_string())).collect()
}

fn only(names: &[&str]) -> Scope {
    let names = names.iter().map(|it| it.parse().unwrap()).collect();
    Scope { tables: Some(names), ..Scope::default() }
}

#[test]
fn of_some_tables_there_is_what_belongs_to_them() {
    for server in Server::every_mysql() {
        let database = example(&server);
        let mut db = connect(&database);
        let whole = inspect(&mut db, &Scope::default());
        let own = format!("{}.author", database.name());
        for (asked, expected) in [
            (only(&["author"]), &["table author", "trigger note on author"][..]),
            (only(&[&own, "authors"]), &["table author", "trigger note on author", "view authors"]),
            (only(&["log", "nowhere", "nowhere.log"]), &["table log"]),
            (only(&["AUTHOR", "nowhere", "\"odd ' \"\"\\ `name\""]), &[]),
            (only(&["äuthor", "authór"]), &[]),
            (only(&[]), &[]),
        ] {
            let found = inspect(&mut db, &asked);
            assert_eq!(names(&found), expected, "{asked:?}");
            for table in &found.tables {
                assert_eq!(Some(table), whole.table(&table.name));
            }
            assert!(found.objects.iter().all(|it| whole.objects.contains(it)));
        }
    }
}

#[test]
fn what_lies_in_another_database_says_so() {
    for server in Server::every_mysql() {
        let (own, another) = (server.database(), example(&server));
        let mut db = connect(&own);
        assert_eq!(inspect(&mut db, &Scope::default()), Schema::default());
        let name = |table: &str| format!("{}.{table}", another.name());
        let found = inspect(&mut db, &only(&[&name("log"), &name("authors")]));
        let expected = [format!("table {}", name("log")), format!("view {}", name("authors"))];
        assert_eq!(names(&found), expected);
        assert_eq!(found.tables[0].foreign_keys[0].table.to_string(), name("author"));
        let view = found.objects[0].definition().unwrap().text.as_deref().unwrap();
        let database = another.name();
        let expected =
            format!("select `{database}`.`author`.`id` AS `id` from `{database}`.`author`");
        assert_eq!(view, expected);
    }
}

#[test]
fn a_table_that_is_passed_over_takes_with_it_what_belongs_to_it() {
    for server in Server::every_mysql() {
        let database = example(&server);
        let mut db = connect(&database);
        let whole = inspect(&mut db, &Scope::default());
        let other = Name::new("other");
        let mut expected = whole.clone();
        expected.tables.retain(|it| it.name != other);
        expected.objects.retain(|it| it.table() != Some(&other));
        assert_ne!(expected.objects, whole.objects);
        for written in ["other".to_owned(), format!("{}.other", database.name())] {
            let scope = Scope { except: vec![written.parse().unwrap()], ..Scope::default() };
            assert_eq!(inspect(&mut db, &scope), expected);
        }
    }
}

#[test]
fn the_columns_of_one_table() {
    for server in Server::every_mysql() {
        let database = example(&server);
        let mut db = connect(&database);
        let dialect = MySql::of(&mut db).unwrap();
        let mut columns = |name: &str| dialect.columns(&mut db, &Name::new(name)).unwrap();
        assert_eq!(columns("log"), Some(vec!["id".to_owned(), "t".to_owned()]));
        assert_eq!(columns("LOG"), None);
        assert_eq!(columns("nowhere"), None);
    }
}

#[test]
fn the_mode_of_the_session_changes_nothing() {
    for server in Server::every_mysql() {
        for name in ["columns", "constraints", "objects"] {
            let database = server.database();
            make(&database, &fs::read_to_string(folder(name).join("schema.sql")).unwrap());
            let mut db = connect(&database);
            let expected = script(&inspect(&mut db, &Scope::default()));
            for mode in ["", "ANSI_QUOTES,NO_BACKSLASH_ESCAPES", "ANSI"] {
                db.execute(&format!("SET sql_mode = '{mode}'")).unwrap();
                same(mode, &expected, &script(&inspect(&mut db, &Scope::default())));
            }
        }
    }
}

#[test]
fn the_number_of_queries_does_not_depend_on_the_tables() {
    for server in Server::every_mysql() {
        let (few, many) = (server.database(), server.database());
        let table = |number: usize| {
            let key = match number {
                0 => String::new(),
                _ => ", FOREIGN KEY (other) REFERENCES t0 (id)".to_owned(),
            };
            format!(
                "CREATE TABLE t{number} (id int PRIMARY KEY, other int, b binary(3) DEFAULT 'a', \
                 j json, g point, CHECK (id > 0){key});"
            )
        };
        make(&few, &table(0));
        make(&many, &(0..30).map(table).collect::<String>());
        for database in [few, many] {
            let counted = |scope: &Scope| {
                let mut db = connect(&database);
                let dialect = MySql::of(&mut db).unwrap();
                let mut noting = Noting::new(&mut db);
                dialect.inspect(&mut noting, scope).unwrap();
                (noting.queries.len(), noting.executed.len())
            };
            // The first asks in which database the session stands. Of the others one on MariaDB is for
            // reference systems, on MySQL for parts of tables.
            assert_eq!(counted(&Scope::default()), (8, 0));
            assert_eq!(counted(&only(&["nowhere", "nowhere.nowhere"])), (3, 0));
            assert_eq!(counted(&only(&[])), (1, 0));
        }
    }
}
