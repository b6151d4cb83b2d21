//! What is around a change: other connections, the session, a table that someone changed meanwhile.

use super::*;

#[test]
fn other_connections_see_an_edit_in_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.db");
    let open = || SqliteConnection::open(&path, limbeck::dialect::sqlite::Mode::Create).unwrap();
    let (mut db, mut other) = (open(), open());
    db.execute("CREATE TABLE t (a TEXT, b INTEGER PRIMARY KEY)").unwrap();
    other.execute("INSERT INTO t VALUES (NULL, 1)").unwrap();
    other.execute("DELETE FROM t").unwrap();
    let changes = vec![
        altered(&mut db, "t", "a", |column| column.nullable = false),
        TableChange::AddForeignKey(foreign_key(&["b"], "t", &["b"])),
    ];
    let statements = run(&mut db, Sqlite::bundled(), &[alter("t", changes)]).unwrap();
    assert_eq!(way(&statements), Way::InPlace);
    let error = other.execute("INSERT INTO t VALUES (NULL, 1)").unwrap_err();
    assert_eq!(error.to_string(), "NOT NULL constraint failed: t.a");
}

#[test]
fn a_rebuild_with_foreign_keys_enforced_is_refused() {
    let mut db = database(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
         CREATE TABLE child (t_id REFERENCES t ON DELETE CASCADE);
         INSERT INTO t VALUES (1, 'x'); INSERT INTO child VALUES (1);",
    );
    let before = dump(&mut db);
    let change = altered(&mut db, "t", "a", |column| column.ty = ty("integer"));
    let schema = inspect(&mut db);
    let statements = Sqlite::bundled().render(&alter("t", vec![change]), &schema).unwrap();
    assert_eq!(
        step(&mut db, &statements),
        Err("foreign keys are enforced, so building the table `t` anew would touch the rows that \
             refer to it; switch them off before the transaction begins (PRAGMA foreign_keys = 1)"
            .to_owned())
    );
    assert_eq!(dump(&mut db), before);
}

#[test]
fn a_table_changed_in_the_meantime_is_left_alone() {
    let mut db = database("CREATE TABLE t (a TEXT, b INTEGER)");
    let schema = inspect(&mut db);
    db.execute("ALTER TABLE t ADD COLUMN c").unwrap();
    let before = dump(&mut db);
    let changes = vec![TableChange::AddForeignKey(foreign_key(&["b"], "t", &["b"]))];
    let statements = Sqlite::bundled().render(&alter("t", changes), &schema).unwrap();
    db.execute("BEGIN").unwrap();
    let error = step(&mut db, &statements).unwrap_err();
    assert_eq!(error, "table `t` is no longer as it was read (its text differs)");
    db.execute("ROLLBACK").unwrap();
    db.execute("PRAGMA writable_schema = RESET").unwrap();
    assert_eq!(dump(&mut db), before);
}

#[test]
fn a_scratch_database_looks_like_the_live_one() {
    let sql = format!(
        "{MENTIONED}
         CREATE TABLE n (id INTEGER PRIMARY KEY AUTOINCREMENT, a, b);
         INSERT INTO n VALUES (5, 'a', 'b');
         CREATE VIEW before_its_table AS SELECT * FROM w;
         CREATE VIRTUAL TABLE f USING fts5 (body);
         CREATE TRIGGER h INSTEAD OF INSERT ON v BEGIN SELECT 1; END;
         ANALYZE;"
    );
    let mut db = database(&sql);
    let mut scratch = Sqlite::bundled().scratch(&mut db).unwrap();
    let objects = "SELECT type, name, tbl_name, sql FROM sqlite_schema
        WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name";
    assert_eq!(scratch.query(objects, &[]).unwrap(), db.query(objects, &[]).unwrap());
    assert_eq!(scratch.query("SELECT * FROM t", &[]).unwrap(), Vec::<Vec<Option<String>>>::new());
}

#[test]
fn a_view_replaced_keeps_its_triggers() {
    let mut db = database(
        "CREATE TABLE t (a TEXT);
         CREATE VIEW v AS SELECT a FROM t;
         CREATE TRIGGER g INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (new.a); END;",
    );
    let view = |query: &str| {
        Object::View(View {
            name: Name::new("v"),
            materialized: false,
            definition: Sql::new(query),
            options: Options::new(),
        })
    };
    let op = Operation::Replace { from: view("SELECT a FROM t"), to: view("SELECT a, 1 FROM t") };
    limbeck::run::execute(&Sqlite::bundled(), &mut db, &[op], &|_| {}).unwrap();
    assert_eq!(
        dump(&mut db),
        [
            "table | t | t | CREATE TABLE t (a TEXT)",
            "trigger | g | v | CREATE TRIGGER g INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (new.a); END",
            "view | v | v | CREATE VIEW \"v\" AS\nSELECT a, 1 FROM t",
        ]
    );
}
