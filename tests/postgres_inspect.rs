//! What is read of a PostgreSQL database.
//!
//! A folder of `tests/postgres_inspect` is a database made by its `schema.sql`; `found.toml` is all
//! that is found there, as the script that would make it. Where servers differ there is a file for
//! the newer one, `found-18.toml`. `UPDATE_GOLDEN=1` writes them. The same is found in what is made of it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::Path;

use limbeck::dialect::postgres::{Postgres, PostgresConnection};
use limbeck::dialect::{Connection, Dialect, Scope};
use limbeck::diff::diff;
use limbeck::operation::Operation;
use limbeck::run;
use limbeck::schema::{Name, Object, Schema};
use limbeck::script::{Entry, Script, toml};
use support::noting::Noting;
use support::server::{Database, Server};

fn connect(database: &Database) -> PostgresConnection {
    let url = database.url().parse().unwrap();
    PostgresConnection::open(&url, Path::new(".")).unwrap()
}

fn inspect(db: &mut dyn Connection, scope: &Scope) -> Schema {
    Postgres::of(db).unwrap().inspect(db, scope).unwrap()
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
/// another one, in which the same is found. `others` is what no operation makes.
fn check(folder: &str, others: &str, server: &Server) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/postgres_inspect").join(folder);
    let (database, another) = (server.database(), server.database());
    let sql = fs::read_to_string(folder.join("schema.sql")).unwrap();
    database.client().batch_execute(&sql).unwrap();
    let mut db = connect(&database);
    let dialect = Postgres::of(&mut db).unwrap();
    let schema = inspect(&mut db, &Scope::default());
    let found = script(&schema);
    let own = folder.join(format!("found-{}.toml", dialect.version / 10_000));
    let path = if own.exists() { own } else { folder.join("found.toml") };
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &found).unwrap();
    }
    same(&path.to_string_lossy(), &fs::read_to_string(&path).unwrap_or_default(), &found);

    another.client().batch_execute(others).unwrap();
    let mut db = connect(&another);
    let operations = diff(&inspect(&mut db, &Scope::default()), &schema);
    let carried_out = run::execute(&dialect, &mut db, &operations, &|_| {});
    assert!(carried_out.is_ok(), "{carried_out:?}");
    let again = inspect(&mut db, &Scope::default());
    same("made anew", &script(&comparable(schema)), &script(&comparable(again)));
}

/// The schema without what no operation makes.
fn comparable(mut schema: Schema) -> Schema {
    schema.others.clear();
    for index in schema.tables.iter_mut().flat_map(|it| &mut it.indexes) {
        index.options.remove("postgres.invalid");
    }
    schema
}

fn check_everywhere(folder: &str, others: &str) {
    Server::every_postgres().iter().for_each(|server| check(folder, others, server));
}

/// A collation in a schema of its own.
const COLLATION: &str = "CREATE SCHEMA audit; CREATE COLLATION audit.german FROM \"C\"";

#[test]
fn columns() {
    check_everywhere("columns", COLLATION);
}

#[test]
fn constraints() {
    check_everywhere("constraints", "");
}

#[test]
fn indexes() {
    check_everywhere("indexes", COLLATION);
}

#[test]
fn tables() {
    check_everywhere("tables", "");
}

#[test]
fn objects() {
    check_everywhere("objects", "");
}

#[test]
fn what_only_18_has() {
    if let Some(server) = Server::postgres18() {
        check("18-only", "", &server);
    }
}

/// A database with a little of everything.
fn example(server: &Server) -> Database {
    let database = server.database();
    let sql = "
        CREATE SCHEMA audit;
        CREATE TYPE mood AS ENUM ('sad');
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
        CREATE TABLE author (id serial PRIMARY KEY, mood mood);
        CREATE TABLE audit.log (id integer REFERENCES author, CONSTRAINT one EXCLUDE (id WITH =));
        CREATE TABLE other (id integer GENERATED ALWAYS AS IDENTITY);
        CREATE INDEX log_id ON audit.log (id);
        CREATE VIEW authors AS SELECT id FROM author;
        CREATE VIEW audit.more AS SELECT id FROM authors;
        CREATE MATERIALIZED VIEW most AS SELECT id FROM audit.more;
        CREATE VIEW others AS SELECT id FROM other;
        CREATE TRIGGER note BEFORE INSERT ON author FOR EACH ROW EXECUTE FUNCTION note();
        CREATE TRIGGER note INSTEAD OF INSERT ON authors FOR EACH ROW EXECUTE FUNCTION note();
        CREATE TRIGGER note BEFORE INSERT ON other FOR EACH ROW EXECUTE FUNCTION note();
        CREATE POLICY everybody ON audit.log USING (true);
        CREATE POLICY everybody ON other USING (true);
        CREATE SEQUENCE numbers;";
    database.client().batch_execute(sql).unwrap();
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
    for server in Server::every_postgres() {
        let database = example(&server);
        let mut db = connect(&database);
        let whole = inspect(&mut db, &Scope::default());
        for (asked, expected) in [
            (
                only(&["author"]),
                &[
                    "table author",
                    "materialized view most",
                    "trigger note on author",
                    "trigger note on authors",
                    "view authors",
                    "view audit.more",
                ][..],
            ),
            (
                only(&["public.author"]),
                &[
                    "table author",
                    "materialized view most",
                    "trigger note on author",
                    "trigger note on authors",
                    "view authors",
                    "view audit.more",
                ],
            ),
            (
                only(&["audit.log", "nowhere", "nowhere.log", "log"]),
                &[
                    "table audit.log",
                    "constraint one on audit.log",
                    "policy everybody on audit.log",
                ],
            ),
            (only(&["audit.more"]), &["materialized view most", "view audit.more"]),
            (only(&["nowhere", "\"odd \"\"\\ {,} name\""]), &[]),
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
fn a_table_that_is_passed_over_takes_with_it_what_belongs_to_it() {
    let database = example(&Server::postgres());
    let mut db = connect(&database);
    let whole = inspect(&mut db, &Scope::default());
    let other = Name::new("other");
    let mut expected = whole.clone();
    expected.tables.retain(|it| it.name != other);
    expected.objects.retain(|it| it.table() != Some(&other));
    assert_ne!(expected.objects, whole.objects);
    for written in ["other", "public.other"] {
        let scope = Scope { except: vec![written.parse().unwrap()], ..Scope::default() };
        assert_eq!(inspect(&mut db, &scope), expected);
    }
}

#[test]
fn names_in_the_default_schema_do_not_say_it() {
    let database = example(&Server::postgres());
    let mut db = connect(&database);
    db.execute("SET search_path = audit").unwrap();
    let found = inspect(&mut db, &Scope::default());
    let log = found.table(&Name::new("log")).unwrap();
    assert_eq!(log.foreign_keys[0].table, "public.author".parse().unwrap());
    let schemas = found.objects.iter().filter(|it| matches!(it, Object::Namespace(_)));
    assert_eq!(schemas.count(), 0);
    let view = found.objects.iter().find(|it| it.name() == Name::new("more")).unwrap();
    assert_eq!(
        view.definition().unwrap().text.as_deref(),
        Some("SELECT authors.id\n   FROM public.authors")
    );
}

#[test]
fn nobody_needs_rights_to_look() {
    for server in Server::every_postgres() {
        let database = server.database();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/postgres_inspect");
        let sql = fs::read_to_string(folder.join("objects/schema.sql")).unwrap();
        database.client().batch_execute(&sql).unwrap();
        let mut db = connect(&database);
        let owner = inspect(&mut db, &Scope::default());
        db.execute("SET ROLE pg_signal_backend").unwrap();
        assert_eq!(Postgres::of(&mut db).unwrap().schema, "public");
        assert_eq!(inspect(&mut db, &Scope::default()), owner);
    }
}

#[test]
fn queries_of_older_servers_find_the_same() {
    for server in Server::every_postgres() {
        let database = example(&server);
        let mut db = connect(&database);
        let found = inspect(&mut db, &Scope::default());
        for version in [120_000, 130_000, 140_000, 150_000] {
            let dialect = Postgres { version, ..Postgres::default() };
            assert_eq!(dialect.inspect(&mut db, &Scope::default()).unwrap(), found, "{version}");
        }
    }
}

#[test]
fn the_number_of_queries_does_not_depend_on_the_database() {
    let server = Server::postgres();
    for database in [server.database(), example(&server)] {
        let counted = |scope: &Scope| {
            let mut db = connect(&database);
            let mut noting = Noting::new(&mut db);
            Postgres::default().inspect(&mut noting, scope).unwrap();
            (noting.queries.len(), noting.executed.len())
        };
        assert_eq!(counted(&Scope::default()), (9, 0));
        assert_eq!(counted(&only(&["nowhere", "audit.nowhere"])), (1, 0));
        assert_eq!(counted(&only(&[])), (0, 0));
    }
}
