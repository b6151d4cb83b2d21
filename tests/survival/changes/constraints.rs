//! What a table is built of comes and goes: constraints, keys and options.

use super::*;

/// The stored text of `t` becomes `text`, in this way, and back by the reverse changes.
#[track_caller]
fn becomes(
    sql: &str,
    changes: impl Fn(&mut SqliteConnection) -> Vec<TableChange>,
    text: &str,
    expected: Way,
) {
    let mut db = database(sql);
    let before = inspect(&mut db);
    let changes = changes(&mut db);
    let op = alter("t", changes);
    let statements = run(&mut db, Sqlite::bundled(), std::slice::from_ref(&op)).unwrap();
    assert_eq!(way(&statements), expected, "{statements:#?}");
    let stored = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 't'";
    let stored = db.query(stored, &[]).unwrap()[0][0].clone().unwrap();
    assert_eq!(stored, text);
    leaves_nothing_behind(&mut db);
    run(&mut db, Sqlite::bundled(), &[op.reverse().unwrap()]).unwrap();
    assert_eq!(inspect(&mut db), before);
}

#[test]
fn constraints_come_and_go() {
    let sql = "CREATE TABLE \"t\" (
    \"a\" INTEGER, -- about a
    \"b\" TEXT
)";
    becomes(
        sql,
        |_| vec![TableChange::AddForeignKey(foreign_key(&["a"], "t", &["b"]))],
        "CREATE TABLE \"t\" (
    \"a\" INTEGER, -- about a
    \"b\" TEXT,
    CONSTRAINT \"fk_t\" FOREIGN KEY (\"a\") REFERENCES \"t\" (\"b\")
)",
        Way::InPlace,
    );
    becomes(
        sql,
        |_| {
            let key = ForeignKey { on_delete: Action::Cascade, ..foreign_key(&["a"], "t", &["b"]) };
            vec![
                TableChange::AddUnique(unique(&["b"])),
                TableChange::AddCheck(check(None, "a > 0 -- really")),
                TableChange::AddForeignKey(key),
            ]
        },
        "CREATE TABLE \"t\" (
    \"a\" INTEGER, -- about a
    \"b\" TEXT,
    CONSTRAINT \"uq_t\" UNIQUE (\"b\"),
    CHECK (a > 0 -- really
),
    CONSTRAINT \"fk_t\" FOREIGN KEY (\"a\") REFERENCES \"t\" (\"b\") ON DELETE CASCADE
)",
        Way::Rebuild,
    );
    becomes(
        "CREATE TABLE \"t\" (a INTEGER REFERENCES t (a) ON DELETE SET DEFAULT NOT DEFERRABLE CHECK (a > 0) NOT NULL, \
         CHECK (a <> 1), CONSTRAINT \"c 2\" CHECK (a <> 2), UNIQUE (a))",
        |db| {
            let table = live_table(db, "t");
            vec![
                TableChange::DropForeignKey(table.foreign_keys[0].clone()),
                TableChange::DropCheck(check(None, "a <> 1")),
                TableChange::DropCheck(check(Some("c 2"), "a <> 2")),
                TableChange::DropCheck(check(None, "a > 0")),
                altered(db, "t", "a", |column| column.nullable = true),
            ]
        },
        "CREATE TABLE \"t\" (a INTEGER, UNIQUE (a))",
        Way::InPlace,
    );
    becomes(
        "CREATE TABLE \"t\" (\"a\" TEXT CONSTRAINT u UNIQUE COLLATE nocase, b TEXT, UNIQUE (\"B\"), CHECK (a) CHECK (b))",
        |db| {
            let table = live_table(db, "t");
            let uniques = table.uniques.into_iter().map(TableChange::DropUnique);
            uniques
                .chain([
                    TableChange::DropCheck(check(None, "b")),
                    altered(db, "t", "a", |column| column.collation = None),
                    altered(db, "t", "b", |column| column.collation = Some("RTRIM".to_owned())),
                ])
                .collect()
        },
        "CREATE TABLE \"t\" (\"a\" TEXT, b TEXT COLLATE RTRIM, CHECK (a))",
        Way::Rebuild,
    );
}

#[test]
fn primary_keys_come_and_go() {
    let key = |columns: &[&str]| PrimaryKey {
        name: Some("pk_t".to_owned()),
        columns: columns.iter().map(|it| (*it).to_owned()).collect(),
        ..PrimaryKey::default()
    };
    // A key alone must not become the rowid by accident.
    becomes(
        "CREATE TABLE \"t\" (a INTEGER, b TEXT)",
        |_| vec![TableChange::AddPrimaryKey(key(&["a"]))],
        "CREATE TABLE \"t\" (a INT, b TEXT, CONSTRAINT \"pk_t\" PRIMARY KEY (\"a\"))",
        Way::Rebuild,
    );
    becomes(
        "CREATE TABLE \"t\" (a INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT)",
        |db| {
            let table = live_table(db, "t");
            vec![
                TableChange::DropPrimaryKey(table.primary_key.unwrap()),
                altered(db, "t", "a", |column| column.identity = None),
                TableChange::SetOption {
                    name: "sqlite.autoincrement".to_owned(),
                    from: Some(OptionValue::Boolean(true)),
                    to: None,
                },
                TableChange::AddPrimaryKey(key(&["b", "a"])),
            ]
        },
        "CREATE TABLE \"t\" (a INTEGER, b TEXT, CONSTRAINT \"pk_t\" PRIMARY KEY (\"b\", \"a\"))",
        Way::Rebuild,
    );
}

#[test]
fn options_come_and_go() {
    let set = |name: &str, from: bool, to: bool| TableChange::SetOption {
        name: name.to_owned(),
        from: from.then_some(OptionValue::Boolean(true)),
        to: to.then_some(OptionValue::Boolean(true)),
    };
    becomes(
        "CREATE TABLE \"t\" (a INTEGER PRIMARY KEY, b TEXT)",
        |_| vec![set("sqlite.autoincrement", false, true), set("sqlite.strict", false, true)],
        "CREATE TABLE \"t\" (a INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT) STRICT",
        Way::Rebuild,
    );
    becomes(
        "CREATE TABLE \"t\" (a TEXT PRIMARY KEY NOT NULL, b TEXT) STRICT, WITHOUT ROWID",
        |_| vec![set("sqlite.strict", true, false)],
        "CREATE TABLE \"t\" (a TEXT PRIMARY KEY NOT NULL, b TEXT) WITHOUT ROWID",
        Way::Rebuild,
    );
    becomes(
        "CREATE TABLE \"t\" (a TEXT PRIMARY KEY NOT NULL, b TEXT) -- odd\n STRICT",
        |_| vec![set("sqlite.without_rowid", false, true)],
        "CREATE TABLE \"t\" (a TEXT PRIMARY KEY NOT NULL, b TEXT) -- odd\n STRICT, WITHOUT ROWID",
        Way::Rebuild,
    );
}
