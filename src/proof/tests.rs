#![cfg(feature = "sqlite")]

use super::*;
use crate::dialect::sqlite::{Sqlite, SqliteConnection};
use crate::error::Source;
use crate::script;

/// What is in every database here, and in the way of a careless proof.
const LIVE: &str = "
    CREATE TABLE parent (id INTEGER PRIMARY KEY, k TEXT UNIQUE, CHECK (length(k) > 100));
    CREATE TABLE child (id INTEGER PRIMARY KEY, p INTEGER NOT NULL REFERENCES parent ON DELETE CASCADE);
    CREATE TABLE made (a INT, b INT AS (a + 1) STORED UNIQUE, c INT AS (a + 2));
    CREATE TABLE strict (id INTEGER PRIMARY KEY, a ANY, b TEXT NOT NULL) STRICT;
    CREATE TABLE bytes (a BLOB NOT NULL, b BLOB PRIMARY KEY) STRICT;
    CREATE TABLE pairs (a, b, PRIMARY KEY (a, b)) WITHOUT ROWID;
    CREATE TABLE item (id INTEGER PRIMARY KEY, a TEXT);
    CREATE VIEW items AS SELECT * FROM item;
    CREATE TRIGGER never BEFORE INSERT ON made BEGIN SELECT RAISE(ABORT, 'never'); END;
    CREATE VIRTUAL TABLE notes USING fts5(title);";

fn live() -> SqliteConnection {
    let mut db = SqliteConnection::memory().unwrap();
    for piece in Sqlite::bundled().split(LIVE).unwrap() {
        db.execute(piece.sql).unwrap();
    }
    db
}

/// Tries a SQL script. `meant` is what it is to do, `irreversible` a line of its head.
fn attempt(meant: &[Operation], irreversible: &str, up: &str, down: &str) -> Vec<String> {
    let text = format!(
        "-- revision: r1\n-- down_revision:\n{irreversible}-- upgrade\n{up}\n-- downgrade\n{down}\n"
    );
    let script = script::parse(&Source::new("r1.sql", text)).unwrap();
    let dialect = Sqlite::bundled();
    let mut db = live();
    let mut normalized = dialect.inspect(&mut db, &Scope::default()).unwrap();
    for operation in meant {
        normalized.apply(operation).unwrap();
    }
    let claim = Claim {
        dialect: &dialect,
        script: &script,
        operations: meant,
        declared: &normalized,
        normalized: &normalized,
        except: &[],
        filter: &|_| {},
    };
    let Err(error) = prove(&claim, &mut db) else { return Vec::new() };
    let chain = std::iter::successors(Some(&error as &dyn std::error::Error), |it| it.source());
    chain.map(ToString::to_string).collect()
}

/// The table `item` gets a column.
fn added() -> [Operation; 1] {
    let column = crate::schema::Column::new("b", crate::schema::Type::Text(Default::default()));
    let changes = vec![TableChange::AddColumn(column)];
    [Operation::AlterTable { table: Name::new("item"), changes }]
}

const UP: &str = "ALTER TABLE item ADD COLUMN b TEXT;";
const DOWN: &str = "ALTER TABLE item DROP COLUMN b;";

#[test]
fn a_script_that_is_right() {
    assert_eq!(attempt(&added(), "", UP, DOWN), [""; 0]);
}

#[test]
fn a_script_that_does_not_run() {
    let missing = ["no such table: missing".to_owned()];
    let mut expected = vec!["its upgrade fails (raw SQL)".to_owned()];
    expected.extend(missing.clone());
    assert_eq!(attempt(&added(), "", "DROP TABLE missing;", DOWN), expected);
    expected[0] = "its downgrade fails (raw SQL)".to_owned();
    assert_eq!(attempt(&added(), "", UP, "DROP TABLE missing;"), expected);
}

#[test]
fn a_script_that_leads_elsewhere() {
    assert_eq!(
        attempt(&added(), "", "ALTER TABLE item ADD COLUMN c TEXT;", DOWN),
        ["after the upgrade the schema differs: removed column 'item.c'; added column 'item.b'"]
    );
    assert_eq!(
        attempt(&added(), "", UP, "SELECT 1;"),
        ["after the downgrade the schema differs: removed column 'item.b'"]
    );
    assert_eq!(attempt(&added(), "-- irreversible: why\n", UP, ""), [""; 0]);
}

#[test]
fn a_script_that_loses_rows() {
    let anew = |columns: &str| {
        format!(
            "DROP TABLE item;\nDROP VIEW items;\nCREATE TABLE item ({columns});\nCREATE VIEW items AS SELECT * FROM item;"
        )
    };
    let with_b = anew("id INTEGER PRIMARY KEY, a TEXT, b TEXT");
    let without = anew("id INTEGER PRIMARY KEY, a TEXT");
    assert_eq!(
        attempt(&added(), "", &with_b, DOWN),
        ["the upgrade does not keep the rows of `item`"]
    );
    assert_eq!(
        attempt(&added(), "", UP, &without),
        ["the downgrade does not keep the rows of `item`"]
    );
    let delete = format!("{UP}\nDELETE FROM bytes;");
    assert_eq!(
        attempt(&added(), "", &delete, DOWN),
        ["the upgrade does not keep the rows of `bytes`"]
    );
    let update = format!("{UP}\nUPDATE strict SET a = NULL;");
    assert_eq!(
        attempt(&added(), "", &update, DOWN),
        ["the upgrade does not keep the rows of `strict`"]
    );
}

/// A table that others refer to is built anew, with the session as it is when revisions run.
#[test]
fn a_table_that_is_built_anew() {
    let unique = crate::schema::Unique {
        name: Some("uq".to_owned()),
        columns: vec!["p".to_owned()],
        ..Default::default()
    };
    let changes = vec![TableChange::AddUnique(unique)];
    let meant = [Operation::AlterTable { table: Name::new("child"), changes }];
    let script = Script {
        upgrade: meant.iter().cloned().map(Entry::from).collect(),
        downgrade: crate::operation::reverse(&meant)
            .unwrap()
            .into_iter()
            .map(Entry::from)
            .collect(),
        ..Script::default()
    };
    let dialect = Sqlite::bundled();
    let mut db = live();
    let mut normalized = dialect.inspect(&mut db, &Scope::default()).unwrap();
    normalized.apply(&meant[0]).unwrap();
    let claim = Claim {
        dialect: &dialect,
        script: &script,
        operations: &meant,
        declared: &normalized,
        normalized: &normalized,
        except: &[],
        filter: &|_| {},
    };
    prove(&claim, &mut db).unwrap();
}
