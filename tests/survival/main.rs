//! What a table has besides what a change is about must survive the change: its rows, everything
//! in its stored text, its indexes and triggers, and whatever refers to it. Each feature goes
//! through all three ways in which SQLite's tables are changed: `ALTER TABLE`, an edit in place,
//! and a rebuild.

#![cfg(feature = "sqlite")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod any_change;
mod changes;
#[path = "../support/mod.rs"]
mod support;

use std::time::Duration;

use limbeck::dialect::sqlite::{Sqlite, SqliteConnection};
use limbeck::dialect::{Connection, DbError, Dialect, Limits, Scope, Statement};
use limbeck::operation::{Operation, TableChange};
use limbeck::schema::{
    Action, Check, Column, ForeignKey, Index, IndexColumn, Literal, Name, Object, OptionValue,
    Options, PrimaryKey, Schema, Sql, Table, Type, Unique, Value, View,
};

/// How a change is carried out, told from its statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Native,
    InPlace,
    Rebuild,
}

fn way(statements: &[Statement]) -> Way {
    let any = |text: &str| statements.iter().any(|it| it.sql.contains(text));
    match (any("writable_schema"), any("_limbeck_new_")) {
        (true, _) => Way::InPlace,
        (false, true) => Way::Rebuild,
        (false, false) => Way::Native,
    }
}

/// A database with foreign keys enforced, as they are unless someone says otherwise.
fn database(sql: &str) -> SqliteConnection {
    let mut db = SqliteConnection::memory().unwrap();
    for piece in Sqlite::bundled().split(sql).unwrap() {
        db.execute(piece.sql).unwrap_or_else(|err| panic!("{err}: {}", piece.sql));
    }
    db
}

fn inspect(db: &mut SqliteConnection) -> Schema {
    Sqlite::bundled().inspect(db, &Scope::default()).unwrap()
}

/// The whole database as text: every stored statement and every row with its rowid.
fn dump(db: &mut SqliteConnection) -> Vec<String> {
    let text = |row: Vec<Option<String>>| {
        row.into_iter().map(|value| value.unwrap_or_else(|| "NULL".to_owned())).collect::<Vec<_>>()
    };
    let objects = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name";
    let mut lines: Vec<_> =
        db.query(objects, &[]).unwrap().into_iter().map(|row| text(row).join(" | ")).collect();
    let tables = "SELECT name, wr FROM pragma_table_list
        WHERE type IN ('table', 'shadow', 'virtual') AND schema = 'main'
        AND name <> 'sqlite_schema' ORDER BY name";
    for table in db.query(tables, &[]).unwrap() {
        let [Some(name), Some(without_rowid)] = &table[..] else { panic!("{table:?}") };
        let rowid = match without_rowid.as_str() {
            "0" if name != "sqlite_sequence" => "_rowid_",
            _ => "NULL",
        };
        let quoted = Sqlite::bundled().quote(name);
        let names = db.query("SELECT name FROM pragma_table_xinfo(?1)", &[Some(name)]).unwrap();
        let values: Vec<_> = names
            .into_iter()
            .map(|row| Sqlite::bundled().quote(row[0].as_deref().unwrap()))
            .map(|name| format!("quote({name})"))
            .collect();
        let rows = format!("SELECT {rowid}, {} FROM {quoted} ORDER BY 1, 2", values.join(", "));
        for row in db.query(&rows, &[]).unwrap() {
            lines.push(format!("{name}: {}", text(row).join(", ")));
        }
    }
    lines
}

/// Runs statements as a revision: in one transaction, with the checks around them.
fn run(
    db: &mut SqliteConnection,
    dialect: Sqlite,
    operations: &[Operation],
) -> Result<Vec<Statement>, String> {
    let checks = dialect.checks(operations);
    let limits = Limits { lock_timeout: Duration::ZERO, statement_timeout: None };
    dialect.prepare(db, &limits).unwrap();
    db.execute("BEGIN IMMEDIATE").unwrap();
    let mut all = Vec::new();
    let mut run = || -> Result<(), String> {
        step(db, &checks.before)?;
        for operation in operations {
            let before = inspect(db);
            let statements =
                dialect.render(operation, &before).map_err(|err| format!("unsupported: {err}"))?;
            step(db, &statements)?;
            all.extend(statements);
        }
        step(db, &checks.after)
    };
    match run() {
        Ok(()) => {
            db.execute("COMMIT").unwrap();
            Ok(all)
        }
        Err(error) => {
            db.execute("ROLLBACK").unwrap();
            Err(error)
        }
    }
}

fn step(db: &mut SqliteConnection, statements: &[Statement]) -> Result<(), String> {
    for statement in statements {
        let explain = |err: DbError| format!("{err}: {}", statement.sql);
        match &statement.refuse {
            None => db.execute(&statement.sql).map_err(explain)?,
            Some(message) => {
                let rows = db.query(&statement.sql, &[]).map_err(explain)?;
                if let Some(row) = rows.first() {
                    let row: Vec<_> = row.iter().flatten().map(String::as_str).collect();
                    return Err(format!("{message} ({})", row.join(", ")));
                }
            }
        }
    }
    Ok(())
}

fn alter(table: &str, changes: Vec<TableChange>) -> Operation {
    Operation::AlterTable { table: Name::new(table), changes }
}

fn ty(text: &str) -> Type {
    text.parse().unwrap()
}

fn live_table(db: &mut SqliteConnection, table: &str) -> Table {
    inspect(db).table(&Name::new(table)).unwrap().clone()
}

/// Changes one column of a table as `edit` says.
fn altered(
    db: &mut SqliteConnection,
    table: &str,
    column: &str,
    edit: impl Fn(&mut Column),
) -> TableChange {
    let from = live_table(db, table).column(column).unwrap().clone();
    let mut to = from.clone();
    edit(&mut to);
    TableChange::AlterColumn { from, to }
}

fn unique(columns: &[&str]) -> Unique {
    let columns = columns.iter().map(|it| (*it).to_owned()).collect();
    Unique { name: Some("uq_t".to_owned()), columns, ..Unique::default() }
}

fn check(name: Option<&str>, expression: &str) -> Check {
    let name = name.map(str::to_owned);
    Check { name, expression: Sql::new(expression), ..Check::default() }
}

fn foreign_key(columns: &[&str], table: &str, references: &[&str]) -> ForeignKey {
    let strings = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
    ForeignKey {
        name: Some("fk_t".to_owned()),
        columns: strings(columns),
        table: Name::new(table),
        references: strings(references),
        ..ForeignKey::default()
    }
}

fn rename(from: &str, to: &str) -> TableChange {
    TableChange::RenameColumn { from: from.to_owned(), to: to.to_owned() }
}

/// A change of a column, what it makes of `"probe" TEXT`, and how.
type Case<'a> = (Sqlite, &'a dyn Fn(&mut Column), &'a str, Way);

/// Everything in `sql` survives changes of the column `probe` of the table `t`, which is
/// `"probe" TEXT` and nowhere NULL. The text of the table is as it was but for that.
fn survives(sql: &str) {
    let required = |column: &mut Column| column.nullable = false;
    let wider = |column: &mut Column| column.ty = ty("string(9)");
    let number = |column: &mut Column| column.ty = ty("integer");
    let filled = |column: &mut Column| column.default = Some(text("it's"));
    let triggered = sql.contains(" ON \"t\" ") && sql.contains("CREATE TRIGGER");
    let default_way = if triggered { Way::Rebuild } else { Way::InPlace };
    let (bundled, portable) = (Sqlite::bundled(), Sqlite::portable());
    survives_all(
        sql,
        &[
            (bundled, &required, "\"probe\" TEXT NOT NULL", Way::Native),
            (bundled, &wider, "\"probe\" VARCHAR(9)", Way::InPlace),
            (bundled, &filled, "\"probe\" TEXT DEFAULT 'it''s'", default_way),
            (bundled, &number, "\"probe\" INTEGER", Way::Rebuild),
            (portable, &required, "\"probe\" TEXT NOT NULL", Way::Rebuild),
            (portable, &wider, "\"probe\" VARCHAR(9)", Way::Rebuild),
            (portable, &filled, "\"probe\" TEXT DEFAULT 'it''s'", Way::Rebuild),
        ],
    );
}

fn survives_all(sql: &str, cases: &[Case]) {
    for (dialect, edit, written, expected_way) in cases {
        let mut db = database(sql);
        let before = dump(&mut db);
        let change = altered(&mut db, "t", "probe", edit);
        let statements = run(&mut db, *dialect, &[alter("t", vec![change])]).unwrap();
        assert_eq!(way(&statements), *expected_way, "{statements:#?}");
        let edited = |line: &String| match line.starts_with("table | t | ") {
            true => line.replace("\"probe\" TEXT", written),
            false => line.clone(),
        };
        let expected: Vec<_> = before.iter().map(edited).collect();
        assert_eq!(dump(&mut db), expected, "{dialect:?} {written}");
        leaves_nothing_behind(&mut db);
    }
}

fn leaves_nothing_behind(db: &mut SqliteConnection) {
    let found = db.query(
        "SELECT integrity_check, legacy_alter_table, writable_schema,
            (SELECT count(*) FROM sqlite_temp_schema)
         FROM pragma_integrity_check, pragma_legacy_alter_table, pragma_writable_schema",
        &[],
    );
    let found: Vec<_> = found.unwrap().into_iter().flatten().flatten().collect();
    assert_eq!(found, ["ok", "0", "0", "0"]);
}

fn text(text: &str) -> Value {
    Value::Literal(Literal::Text(text.to_owned()))
}

#[test]
fn rows_and_rowids() {
    survives(
        "CREATE TABLE \"t\" (\"a\" INTEGER, \"probe\" TEXT);
         INSERT INTO t (rowid, a, probe) VALUES (-5, 1, 'x'), (7, NULL, 'y'), (1000000000000, 'text', x'00');",
    );
}

#[test]
fn rowids_behind_columns_of_that_name() {
    survives(
        "CREATE TABLE \"t\" (\"rowid\" TEXT, \"oid\" INTEGER, \"probe\" TEXT);
         INSERT INTO t (_rowid_, rowid, oid, probe) VALUES (-5, 'r', 3, 'x'), (7, NULL, 4, 'y');",
    );
}

#[test]
fn every_name_of_the_rowid_taken() {
    survives(
        "CREATE TABLE \"t\" (\"rowid\" TEXT, \"oid\" INTEGER, \"_rowid_\" BLOB, \"probe\" TEXT);
         INSERT INTO t VALUES ('r', 3, x'00', 'x'), (NULL, 4, 'text', 'y');",
    );
}

#[test]
fn integer_primary_keys() {
    survives(
        "CREATE TABLE \"t\" (\"id\" INTEGER PRIMARY KEY, \"probe\" TEXT);
         INSERT INTO t VALUES (-5, 'x'), (7, 'y');",
    );
    survives(
        "CREATE TABLE \"t\" (\"probe\" TEXT, \"id\" INTEGER NOT NULL, CONSTRAINT \"pk_t\" PRIMARY KEY (\"id\"));
         INSERT INTO t VALUES ('x', -5), ('y', 7);",
    );
}

#[test]
fn autoincrement_and_its_sequence() {
    survives(
        "CREATE TABLE \"t\" (\"id\" INTEGER PRIMARY KEY AUTOINCREMENT, \"probe\" TEXT);
         INSERT INTO t VALUES (1, 'x'), (2, 'y'), (90, 'z');
         DELETE FROM t WHERE id = 90;
         CREATE TABLE other (id INTEGER PRIMARY KEY AUTOINCREMENT);
         INSERT INTO other VALUES (12);",
    );
    // Without a row left, and without any ever given.
    survives(
        "CREATE TABLE \"t\" (\"id\" INTEGER, \"probe\" TEXT, PRIMARY KEY (\"id\" AUTOINCREMENT));
         INSERT INTO t VALUES (33, 'x');
         DELETE FROM t;",
    );
    survives("CREATE TABLE \"t\" (\"id\" INTEGER PRIMARY KEY AUTOINCREMENT, \"probe\" TEXT);");
}

#[test]
fn int_primary_keys_that_are_no_rowids() {
    survives(
        "CREATE TABLE \"t\" (\"id\" INT PRIMARY KEY, \"probe\" TEXT);
         INSERT INTO t (rowid, id, probe) VALUES (5, 10, 'x'), (9, NULL, 'y');",
    );
    survives(
        "CREATE TABLE \"t\" (\"id\" INTEGER PRIMARY KEY DESC, \"probe\" TEXT);
         INSERT INTO t (rowid, id, probe) VALUES (5, 10, 'x'), (9, NULL, 'y');",
    );
    survives(
        "CREATE TABLE \"t\" (\"b\" TEXT, \"a\" TEXT, \"probe\" TEXT, PRIMARY KEY (\"a\" DESC, \"b\" COLLATE NOCASE));
         INSERT INTO t VALUES ('x', 'y', 'z'), ('x', NULL, 'z');",
    );
}

#[test]
fn collations() {
    survives(
        "CREATE TABLE \"t\" (\"a\" TEXT COLLATE NOCASE UNIQUE, \"b\" VARCHAR(9) COLLATE rtrim NOT NULL, \"probe\" TEXT);
         INSERT INTO t VALUES ('Ab', 'c  ', 'x');",
    );
}

#[test]
fn conflict_clauses() {
    survives(
        "CREATE TABLE \"t\" (\"a\" INTEGER NOT NULL ON CONFLICT IGNORE, \"b\" TEXT UNIQUE ON CONFLICT REPLACE,
            \"probe\" TEXT, PRIMARY KEY (\"a\") ON CONFLICT ROLLBACK, CONSTRAINT \"u\" UNIQUE (\"a\", \"b\") ON CONFLICT FAIL);
         INSERT INTO t VALUES (1, 'b', 'x'), (NULL, 'c', 'y'), (3, 'b', 'z');",
    );
}

#[test]
fn unique_constraints() {
    survives(
        "CREATE TABLE \"t\" (\"a\" VARCHAR(20) UNIQUE, \"b\" VARCHAR(20) NOT NULL UNIQUE, c text unique,
            \"probe\" TEXT, UNIQUE (\"a\", \"b\"), CONSTRAINT named UNIQUE (\"b\", \"c\"));
         INSERT INTO t VALUES ('a', 'b', 'c', 'x'), (NULL, 'bb', 'cc', 'y'), (NULL, 'bbb', NULL, 'z');",
    );
}

#[test]
fn checks() {
    survives(
        "CREATE TABLE \"t\" (\"a\" INTEGER CHECK (a > 0) CONSTRAINT named CHECK (a < 99), \"probe\" TEXT,
            \"b\" TEXT CHECK (b <> 'CHECK (' AND b <> ')' /* CHECK ( */),
            CHECK (a <> 5), CONSTRAINT \"odd \"\"name\" CHECK (length(b) > 0));
         INSERT INTO t VALUES (1, 'x', 'b'), (NULL, 'y', NULL);",
    );
}

#[test]
fn foreign_keys() {
    survives(
        "CREATE TABLE p (id INTEGER PRIMARY KEY, x TEXT, y TEXT, UNIQUE (x, y));
         CREATE TABLE \"t\" (\"id\" INTEGER PRIMARY KEY,
            \"a\" INTEGER REFERENCES p(id) ON DELETE CASCADE ON UPDATE SET NULL MATCH FULL DEFERRABLE INITIALLY DEFERRED,
            \"b\" INTEGER CONSTRAINT named REFERENCES p, \"probe\" TEXT, \"x\" TEXT, \"y\" TEXT,
            \"parent\" INTEGER REFERENCES t(id) ON DELETE SET DEFAULT NOT DEFERRABLE,
            FOREIGN KEY (\"x\", \"y\") REFERENCES p (x, y) ON UPDATE RESTRICT);
         INSERT INTO p VALUES (1, 'x', 'y');
         INSERT INTO t VALUES (1, 1, 1, 'p', 'x', 'y', NULL), (2, 1, NULL, 'q', NULL, 'z', 1), (3, NULL, NULL, 'r', NULL, NULL, 3);",
    );
}

#[test]
fn rows_that_refer_to_the_table() {
    for action in ["CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT", "NO ACTION"] {
        survives(&format!(
            "CREATE TABLE \"t\" (\"id\" INTEGER PRIMARY KEY, \"probe\" TEXT);
             CREATE TABLE child (id INTEGER PRIMARY KEY, t_id INTEGER REFERENCES t(id) ON DELETE {action});
             CREATE TABLE grandchild (child_id REFERENCES child ON DELETE {action});
             INSERT INTO t VALUES (1, 'x'), (2, 'y');
             INSERT INTO child VALUES (1, 1), (2, 1), (3, 2), (4, NULL);
             INSERT INTO grandchild VALUES (1), (3);"
        ));
    }
}

#[test]
fn rows_that_violate_a_foreign_key_already() {
    survives(
        "PRAGMA foreign_keys = OFF;
         CREATE TABLE \"t\" (\"id\" INTEGER PRIMARY KEY, \"probe\" TEXT, \"x\" INTEGER REFERENCES t);
         CREATE TABLE child (t_id INTEGER REFERENCES t(id), gone REFERENCES nowhere(x));
         INSERT INTO t VALUES (1, 'x', 77);
         INSERT INTO child VALUES (1, 5), (99, NULL);",
    );
}

#[test]
fn foreign_keys_to_what_is_not_unique() {
    survives(
        "PRAGMA foreign_keys = OFF;
         CREATE TABLE \"t\" (\"a\" INTEGER, \"probe\" TEXT);
         CREATE TABLE child (t_a INTEGER REFERENCES t(a), implied REFERENCES t);
         INSERT INTO t VALUES (1, 'x');
         INSERT INTO child VALUES (1, 5), (99, NULL);",
    );
}

#[test]
fn generated_columns() {
    survives(
        "CREATE TABLE \"t\" (\"a\" INTEGER, \"v\" INTEGER GENERATED ALWAYS AS (a * 2) VIRTUAL, \"probe\" TEXT,
            \"s\" TEXT AS (a || '!') STORED NOT NULL, short AS (\"v\" + 1));
         CREATE INDEX i ON t (v);
         INSERT INTO t (a, probe) VALUES (1, 'x'), (20, 'y');",
    );
}

#[test]
fn triggers() {
    survives(
        "CREATE TABLE \"t\" (\"id\" INTEGER PRIMARY KEY, \"probe\" TEXT);
         CREATE TABLE log (what, old, new);
         CREATE TRIGGER g1 AFTER UPDATE OF \"probe\" ON \"t\" WHEN new.probe <> 'END;' BEGIN
            INSERT INTO log VALUES ('update;', old.probe, new.probe); -- ;
            SELECT CASE WHEN 1 THEN 2 END;
         END;
         CREATE TRIGGER \"g 2\" before insert on \"t\" begin insert into log (what) values ('insert'); end;
         CREATE VIEW v AS SELECT id, probe FROM t;
         CREATE TRIGGER g3 INSTEAD OF INSERT ON \"v\" BEGIN INSERT INTO t VALUES (new.id, new.probe); END;
         CREATE TRIGGER g4 AFTER DELETE ON log BEGIN DELETE FROM t WHERE id = old.new; END;
         INSERT INTO t VALUES (1, 'x');
         INSERT INTO v VALUES (2, 'y');
         UPDATE t SET probe = 'z' WHERE id = 1;",
    );
}

#[test]
fn views() {
    survives(
        "CREATE TABLE \"t\" (\"id\" INTEGER PRIMARY KEY, \"probe\" TEXT);
         CREATE VIEW v (a, b) AS SELECT t.id, probe /* why */ FROM main.t;
         CREATE VIEW w AS SELECT * FROM v JOIN t USING (probe);
         INSERT INTO t VALUES (1, 'x');",
    );
}

#[test]
fn indexes() {
    survives(
        "CREATE TABLE \"t\" (\"a\" TEXT, \"b\" INTEGER, \"probe\" TEXT);
         CREATE INDEX plain ON t (a);
         CREATE UNIQUE INDEX \"Unique Index\" ON \"t\" (b, a);
         create index descending on t (a desc, b asc);
         CREATE INDEX collated ON t (a COLLATE NOCASE DESC);
         CREATE INDEX partial ON t (a) WHERE b > 3 AND a <> 'WHERE';
         CREATE INDEX expression ON t (lower(a), b + 1 DESC) /* why */ WHERE a IS NOT NULL;
         INSERT INTO t VALUES ('A', 1, 'x'), ('b', 5, 'y'), (NULL, NULL, 'z');",
    );
}

#[test]
fn tables_without_rowids() {
    survives(
        "CREATE TABLE \"t\" (\"a\" TEXT, \"b\" INTEGER, \"probe\" TEXT, PRIMARY KEY (\"b\", \"a\" DESC)) WITHOUT ROWID;
         CREATE INDEX i ON t (probe);
         INSERT INTO t VALUES ('x', 2, 'p'), ('y', 1, 'q'), ('z', 2, 'r');",
    );
}

#[test]
fn strict_tables() {
    let sql =
        "CREATE TABLE \"t\" (\"a\" ANY, \"b\" INT, \"probe\" TEXT, \"c\" BLOB NOT NULL) STRICT;
         INSERT INTO t VALUES ('007', 1, '1', x'00'), (7, NULL, '2', x''), (x'07', 3, '3', x'07');";
    let required = |column: &mut Column| column.nullable = false;
    let filled = |column: &mut Column| column.default = Some(text("0"));
    let number = |column: &mut Column| column.ty = ty("integer");
    survives_all(
        sql,
        &[
            (Sqlite::bundled(), &required, "\"probe\" TEXT NOT NULL", Way::Native),
            (Sqlite::bundled(), &filled, "\"probe\" TEXT DEFAULT '0'", Way::InPlace),
            (Sqlite::portable(), &required, "\"probe\" TEXT NOT NULL", Way::Rebuild),
        ],
    );
    let sql = sql.replace(") STRICT", ", PRIMARY KEY (\"c\")) WITHOUT ROWID, STRICT");
    survives_all(
        &sql,
        &[
            (Sqlite::bundled(), &filled, "\"probe\" TEXT DEFAULT '0'", Way::InPlace),
            (Sqlite::portable(), &required, "\"probe\" TEXT NOT NULL", Way::Rebuild),
        ],
    );
    let mut db = database(&sql);
    let change = altered(&mut db, "t", "probe", number);
    run(&mut db, Sqlite::bundled(), &[alter("t", vec![change])]).unwrap();
    let rows =
        db.query("SELECT a, typeof(a), probe, typeof(probe) FROM t ORDER BY c", &[]).unwrap();
    let rows: Vec<_> = rows.into_iter().flatten().flatten().collect();
    assert_eq!(rows.join(" "), "7 integer 2 integer 007 text 1 integer x'07' blob 3 integer");
}

#[test]
fn columns_without_types() {
    survives(
        "CREATE TABLE \"t\" (a, \"b\" DEFAULT 5, c PRIMARY KEY, \"probe\" TEXT, d \"odd type\"(1, 2), e LONG VARCHAR, [f]);
         INSERT INTO t VALUES (1, 1.5, 'c', 'x', NULL, 3, x'ff'), (x'00', '1', 2, 'y', '7', '3', NULL);",
    );
}

#[test]
fn comments_and_layout() {
    survives(
        "CREATE TABLE \"t\" ( -- about the table
            a INTEGER, /* about a */ -- and more
            -- about the next one
            \"probe\" TEXT, -- about the probe

            b TEXT /* ( , */ DEFAULT ',' -- about b, (
            , PRIMARY KEY (a) -- the key
            /* the end */
         );
         INSERT INTO t VALUES (1, 'x', 'y');",
    );
}

#[test]
fn defaults() {
    survives(
        "CREATE TABLE \"t\" (\"a\" INTEGER DEFAULT -1, \"b\" TEXT DEFAULT 'it''s', \"c\" DEFAULT (1 + 1), \"d\" DEFAULT CURRENT_TIMESTAMP,
            \"e\" DEFAULT NULL, \"f\" DEFAULT x'00', \"g\" BOOLEAN DEFAULT TRUE, \"h\" DEFAULT word, \"i\" DEFAULT (random()), \"probe\" TEXT);
         INSERT INTO t (d, i, probe) VALUES ('now', 1, 'x');",
    );
}

#[test]
fn hostile_names() {
    survives(
        "CREATE TABLE \"t\" (\"select\" INTEGER, \"a\"\"b\" TEXT, [c d] TEXT, `e``f` TEXT, 'g''h' TEXT, \"ü, (\" TEXT,
            \"probe\" TEXT, \"; DROP TABLE t; --\" TEXT, \"CHECK (\" TEXT, CHECK (\"CHECK (\" <> ';'), UNIQUE ([c d], `e``f`));
         CREATE INDEX \"i\"\"; --\" ON t (\"; DROP TABLE t; --\");
         INSERT INTO t VALUES (1, 'b', 'c', 'e', 'g', 'u', 'x', 'd', 'k');",
    );
}

#[test]
fn checks_that_name_the_table() {
    // In the table's name for the time being they would mean nothing.
    let sql = "CREATE TABLE \"t\" (\"a\" INTEGER CHECK (t.a > 0), \"probe\" TEXT, CHECK (\"T\".a + 1 > 1));
         INSERT INTO t VALUES (1, 'x');";
    for (dialect, text) in [
        (
            Sqlite::bundled(),
            "(\"a\" INTEGER CHECK (t.a > 0), \"probe\" INTEGER, CHECK (\"T\".a + 1 > 1))",
        ),
        (Sqlite::portable(), "(\"a\" INTEGER CHECK (a > 0), \"probe\" INTEGER, CHECK (a + 1 > 1))"),
    ] {
        let mut db = database(sql);
        let change = altered(&mut db, "t", "probe", |column| column.ty = ty("integer"));
        run(&mut db, dialect, &[alter("t", vec![change])]).unwrap();
        let table = format!("table | t | t | CREATE TABLE \"t\" {text}");
        assert_eq!(dump(&mut db), [&table, "t: 1, 1, 'x'"]);
        leaves_nothing_behind(&mut db);
    }
}
