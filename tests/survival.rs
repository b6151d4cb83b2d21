//! What a table has besides what a change is about must survive the change: its rows, everything
//! in its stored text, its indexes and triggers, and whatever refers to it. Each feature goes
//! through all three ways in which SQLite's tables are changed: `ALTER TABLE`, an edit in place,
//! and a rebuild.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(feature = "sqlite")]

use std::time::Duration;

use limbeck::dialect::sqlite::{Sqlite, SqliteConnection};
use limbeck::dialect::{Connection, DbError, Dialect, Scope, Statement};
use limbeck::operation::{Operation, TableChange};
use limbeck::schema::{
    Action, Check, Column, ForeignKey, Index, IndexColumn, Literal, Name, OptionValue, PrimaryKey,
    Schema, Sql, Table, Type, Unique, Value,
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
    dialect.prepare(db, Duration::ZERO).unwrap();
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
                if !db.query(&statement.sql, &[]).map_err(explain)?.is_empty() {
                    return Err(message.clone());
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

/// A change that the rows do not allow says so and leaves the database as it was.
#[track_caller]
fn refused(
    sql: &str,
    dialect: Sqlite,
    changes: impl Fn(&mut SqliteConnection) -> Vec<TableChange>,
    message: &str,
) {
    let mut db = database(sql);
    let before = dump(&mut db);
    let changes = changes(&mut db);
    assert_eq!(run(&mut db, dialect, &[alter("t", changes)]), Err(message.to_owned()));
    assert_eq!(dump(&mut db), before);
    leaves_nothing_behind(&mut db);
}

#[test]
fn what_the_rows_do_not_allow_is_refused() {
    let sql = "CREATE TABLE p (id INTEGER PRIMARY KEY, a, b, UNIQUE (a, b));
         CREATE TABLE \"t\" (\"a\" TEXT, \"b\" TEXT, \"probe\" TEXT);
         INSERT INTO t VALUES ('x', '1', NULL), ('x', '1', 'y');";
    let (bundled, portable) = (Sqlite::bundled(), Sqlite::portable());
    let is_null = "column `probe` of table `t` is NULL in some rows";
    for dialect in [bundled, portable] {
        refused(
            sql,
            dialect,
            |db| vec![altered(db, "t", "probe", |it| it.nullable = false)],
            is_null,
        );
        refused(
            sql,
            dialect,
            |_| vec![TableChange::AddUnique(unique(&["a"]))],
            "column `a` of table `t` holds the same value in several rows",
        );
        refused(
            sql,
            dialect,
            |_| vec![TableChange::AddUnique(unique(&["a", "b"]))],
            "columns `a`, `b` of table `t` hold the same values in several rows",
        );
        refused(
            sql,
            dialect,
            |_| vec![TableChange::AddForeignKey(foreign_key(&["b"], "p", &["id"]))],
            "rows of table `t` refer to rows of `p` that are not there",
        );
        refused(
            sql,
            dialect,
            |_| vec![TableChange::AddForeignKey(foreign_key(&["b"], "p", &[]))],
            "rows of table `t` refer to rows of `p` that are not there",
        );
        let required = Column { nullable: false, ..Column::new("c", ty("text")) };
        refused(
            sql,
            dialect,
            |_| vec![TableChange::AddColumn(required.clone())],
            "table `t` has rows and the new column `c` has no value for them; give it a default, \
             or add it nullable and fill it first",
        );
    }
    refused(
        sql,
        bundled,
        |db| {
            vec![
                altered(db, "t", "probe", |it| it.nullable = false),
                TableChange::DropUnique(unique(&["a"])),
            ]
        },
        "unsupported: there is no unique constraint `uq_t` to change",
    );
    refused(
        sql,
        bundled,
        |_| vec![TableChange::AddCheck(check(Some("ck_b"), "b > '1'"))],
        "rows of table `t` violate the check `ck_b`",
    );
    refused(
        sql,
        bundled,
        |_| {
            let check = check(None, "b > '1'");
            let key = foreign_key(&["probe"], "p", &["id"]);
            vec![TableChange::AddCheck(check), TableChange::AddForeignKey(key)]
        },
        "rows of table `t` violate the check `b > '1'`",
    );
    refused(
        sql,
        bundled,
        |db| vec![altered(db, "t", "probe", |column| column.ty = ty("enum(a, b)"))],
        "column `probe` of table `t` holds values other than `a`, `b`",
    );
    refused(
        "CREATE TABLE \"t\" (\"probe\" TEXT) STRICT; INSERT INTO t VALUES ('x')",
        bundled,
        |db| vec![altered(db, "t", "probe", |column| column.ty = ty("integer"))],
        "cannot store TEXT value in INTEGER column _limbeck_new_t.probe: \
         INSERT INTO \"_limbeck_new_t\" (\"probe\", rowid) SELECT \"probe\", rowid FROM \"t\" ORDER BY rowid",
    );
}

#[test]
fn an_empty_table_allows_everything() {
    for dialect in [Sqlite::bundled(), Sqlite::portable()] {
        let mut db = database("CREATE TABLE \"t\" (\"a\" TEXT)");
        let required = Column { nullable: false, ..Column::new("c", ty("text")) };
        let now = Value::Expression(Sql::new("CURRENT_TIMESTAMP"));
        let stamped = Column { default: Some(now), ..Column::new("d", ty("datetime")) };
        let changes = vec![TableChange::AddColumn(required), TableChange::AddColumn(stamped)];
        run(&mut db, dialect, &[alter("t", changes)]).unwrap();
        assert_eq!(
            dump(&mut db),
            [
                "table | t | t | CREATE TABLE \"t\" (\"a\" TEXT, \"c\" TEXT NOT NULL, \"d\" DATETIME DEFAULT CURRENT_TIMESTAMP)"
            ]
        );
    }
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

/// A table with everything that may mention its columns.
const MENTIONED: &str = "
    CREATE TABLE \"t\" (\"id\" INTEGER PRIMARY KEY, \"a\" TEXT, \"b\" TEXT CHECK (b <> 'a'), \"g\" AS (a || b), UNIQUE (a), CHECK (length(a) > 0));
    CREATE INDEX i ON t (lower(a)) WHERE b IS NOT NULL;
    CREATE TABLE child (x REFERENCES t (a) ON DELETE CASCADE, a TEXT);
    CREATE VIEW v AS SELECT t.a, child.a AS \"a\" FROM t JOIN child;
    CREATE TRIGGER g AFTER UPDATE OF a ON t WHEN new.a <> 'a' BEGIN
        INSERT INTO child (x, a) VALUES (new.a, old.b);
    END;
    INSERT INTO t (id, a, b) VALUES (1, 'x', 'y'), (2, 'xx', 'yy');
    INSERT INTO child VALUES ('x', 'a');
";

fn rename(from: &str, to: &str) -> TableChange {
    TableChange::RenameColumn { from: from.to_owned(), to: to.to_owned() }
}

#[test]
fn renames_are_followed_everywhere() {
    let renamed = [
        "index | i | t | CREATE INDEX i ON t (lower(\"name\")) WHERE b IS NOT NULL",
        "index | sqlite_autoindex_t_1 | t | NULL",
        "table | child | child | CREATE TABLE child (x REFERENCES t (\"name\") ON DELETE CASCADE, a TEXT)",
        "table | t | t | CREATE TABLE \"t\" (\"id\" INTEGER PRIMARY KEY, \"name\" TEXT, \"b\" TEXT CHECK (b <> 'a'), \"g\" AS (\"name\" || b), UNIQUE (\"name\"), CHECK (length(\"name\") > 0))",
        "trigger | g | t | CREATE TRIGGER g AFTER UPDATE OF \"name\" ON t WHEN new.\"name\" <> 'a' BEGIN
        INSERT INTO child (x, a) VALUES (new.\"name\", old.b);
    END",
        "view | v | v | CREATE VIEW v AS SELECT t.\"name\", child.a AS \"a\" FROM t JOIN child",
        "child: 1, 'x', 'a'",
        "t: 1, 1, 'x', 'y', 'xy'",
        "t: 2, 2, 'xx', 'yy', 'xxyy'",
    ];
    let (bundled, portable) = (Sqlite::bundled(), Sqlite::portable());
    for dialect in [bundled, portable] {
        let mut db = database(MENTIONED);
        let changes = vec![rename("a", "name")];
        let statements = run(&mut db, dialect, &[alter("t", changes)]).unwrap();
        assert_eq!(way(&statements), Way::Native);
        assert_eq!(dump(&mut db), renamed);
    }
    // With a rebuild before it, under the old names.
    for dialect in [bundled, portable] {
        let mut db = database(MENTIONED);
        let number = altered(&mut db, "t", "b", |column| column.ty = ty("integer"));
        let changes = vec![rename("a", "name"), number];
        let statements = run(&mut db, dialect, &[alter("t", changes)]).unwrap();
        assert_eq!(way(&statements), Way::Rebuild);
        let expected = renamed.map(|line| line.replace("\"b\" TEXT", "\"b\" INTEGER"));
        assert_eq!(dump(&mut db), expected);
        leaves_nothing_behind(&mut db);
    }
    // With an edit in place before it, and with what speaks of the new name.
    let mut db = database(MENTIONED);
    let changes = vec![
        rename("a", "name"),
        TableChange::AddForeignKey(foreign_key(&["name"], "t", &["name"])),
        TableChange::AddCheck(check(None, "name <> 'name'")),
    ];
    let statements = run(&mut db, bundled, &[alter("t", changes)]).unwrap();
    assert_eq!(way(&statements), Way::InPlace);
    let added = "CHECK (length(\"name\") > 0), CHECK (\"name\" <> 'name'), \
                 CONSTRAINT \"fk_t\" FOREIGN KEY (\"name\") REFERENCES \"t\" (\"name\"))";
    let expected = renamed.map(|line| match line.starts_with("table | t") {
        true => {
            let added = added.replace("CHECK (\"name\" <> 'name'), CONSTRAINT", "CONSTRAINT");
            let added = added.replace("(\"name\"))", "(\"name\"), CHECK (\"name\" <> 'name'))");
            line.replace("CHECK (length(\"name\") > 0))", &added)
        }
        false => line.to_owned(),
    });
    assert_eq!(dump(&mut db), expected);
}

#[test]
fn names_can_be_swapped_and_taken_over() {
    for dialect in [Sqlite::bundled(), Sqlite::portable()] {
        let mut db = database(
            "CREATE TABLE \"t\" (\"a\" TEXT, \"b\" INTEGER CHECK (b > 1), \"c\" TEXT);
             CREATE INDEX i ON t (a, b);
             INSERT INTO t VALUES ('1', 2, '3');",
        );
        let added = Column { default: Some(text("new")), ..Column::new("a", ty("text")) };
        let changes = vec![
            rename("a", "x"),
            rename("b", "a"),
            rename("x", "b"),
            rename("c", "C"),
            TableChange::AddCheck(check(None, "a < 99 AND b < '99'")),
            TableChange::AddIndex(Index {
                name: "j".to_owned(),
                columns: vec![IndexColumn::new("a"), "b || 'a' desc".parse().unwrap()],
                ..Index::default()
            }),
            TableChange::AlterColumn {
                from: Column::new("b", ty("text")),
                to: Column::new("b", ty("integer")),
            },
            rename("a", "d"),
            TableChange::AddColumn(added),
            TableChange::AddCheck(check(None, "a > d")),
        ];
        let statements = run(&mut db, dialect, &[alter("t", changes)]).unwrap();
        assert_eq!(way(&statements), Way::Rebuild);
        assert_eq!(
            dump(&mut db),
            [
                "index | i | t | CREATE INDEX i ON t (\"b\", \"d\")",
                "index | j | t | CREATE INDEX \"j\" ON \"t\" (\"d\", (b || 'a') DESC)",
                "table | t | t | CREATE TABLE \"t\" (\"b\" INTEGER, \"d\" INTEGER CHECK (\"d\" > 1), \"C\" TEXT, \"a\" TEXT DEFAULT 'new', CHECK (\"d\" < 99 AND \"b\" < '99'), CHECK (\"a\" > \"d\"))",
                "t: 1, 1, 2, '3', 'new'",
            ]
        );
    }
}

#[test]
fn a_column_in_use_is_not_dropped() {
    let drop = |db: &mut SqliteConnection, name: &str| {
        TableChange::DropColumn(live_table(db, "t").column(name).unwrap().clone())
    };
    for dialect in [Sqlite::bundled(), Sqlite::portable()] {
        let refused = |sql: &str, message: &str| {
            refused(sql, dialect, |db| vec![drop(db, "a")], message);
        };
        refused(
            "CREATE TABLE t (a PRIMARY KEY, b)",
            "unsupported: the column `a` is in the primary key",
        );
        refused(
            "CREATE TABLE t (a, b, UNIQUE (b, a))",
            "unsupported: the column `a` is in a unique constraint",
        );
        refused(
            "CREATE TABLE t (a CONSTRAINT fk REFERENCES t (b), b)",
            "unsupported: the column `a` is in the foreign key `fk`",
        );
        refused(
            "CREATE TABLE t (a, b); CREATE INDEX i ON t (b, a)",
            "unsupported: the column `a` is in the index `i`",
        );
    }
    let view = "CREATE TABLE t (a, b); CREATE VIEW v AS SELECT a FROM t";
    let trigger = "CREATE TABLE t (a, b); CREATE TRIGGER g DELETE ON t BEGIN SELECT old.a; END";
    let check = "CREATE TABLE t (a, b, CHECK (a > 0))";
    let (bundled, portable) = (Sqlite::bundled(), Sqlite::portable());
    for (sql, dialect, message) in [
        (view, bundled, "error in view v after drop column: no such column: a"),
        (trigger, bundled, "error in trigger g after drop column: no such column: old.a"),
        (check, bundled, "error in table t after drop column: no such column: a"),
        (view, portable, "error in view v: no such column: a"),
        (trigger, portable, "error in trigger g: no such column: old.a"),
        (check, portable, "no such column: a"),
    ] {
        let mut db = database(sql);
        let before = dump(&mut db);
        let change = drop(&mut db, "a");
        let error = run(&mut db, dialect, &[alter("t", vec![change])]).unwrap_err();
        assert_eq!(error.split(": ALTER").next().unwrap().split(": CREATE").next(), Some(message));
        assert_eq!(dump(&mut db), before);
        leaves_nothing_behind(&mut db);
    }
    for dialect in [bundled, portable] {
        let mut db = database(
            "CREATE TABLE \"t\" (
    \"a\" TEXT CHECK (a <> 'x'), -- about a
    \"b\" TEXT, -- about b
    \"c\" TEXT -- about c
); CREATE VIEW v AS SELECT b FROM t; INSERT INTO t VALUES (1, 2, 3)",
        );
        let changes = vec![drop(&mut db, "c")];
        run(&mut db, dialect, &[alter("t", changes)]).unwrap();
        let rows: Vec<_> =
            db.query("SELECT * FROM t", &[]).unwrap().into_iter().flatten().collect();
        assert_eq!(rows, [Some("1".to_owned()), Some("2".to_owned())]);
    }
}

#[test]
fn a_default_changed_later_leaves_old_rows_alone() {
    // `ADD COLUMN` leaves the first row short: what it reads is the default of the moment.
    let sql = "CREATE TABLE \"t\" (\"id\" INTEGER PRIMARY KEY);
        INSERT INTO t VALUES (1);
        ALTER TABLE t ADD COLUMN \"a\" INTEGER;
        ALTER TABLE t ADD COLUMN \"b\" TEXT DEFAULT 'old';
        ALTER TABLE t ADD COLUMN \"c\" DEFAULT (x'00');
        INSERT INTO t VALUES (2, 2, 'two', 2);";
    for dialect in [Sqlite::bundled(), Sqlite::portable()] {
        let mut db = database(sql);
        let changes = vec![
            altered(&mut db, "t", "a", |column| {
                column.default = Some(Value::Literal(Literal::Integer(7)));
            }),
            altered(&mut db, "t", "b", |column| column.default = None),
            altered(&mut db, "t", "c", |column| column.default = Some(text("new"))),
        ];
        run(&mut db, dialect, &[alter("t", changes)]).unwrap();
        assert_eq!(
            dump(&mut db),
            [
                "table | t | t | CREATE TABLE \"t\" (\"id\" INTEGER PRIMARY KEY, \"a\" INTEGER DEFAULT 7, \"b\" TEXT, \"c\" DEFAULT 'new')",
                "t: 1, 1, NULL, 'old', X'00'",
                "t: 2, 2, 2, 'two', 2",
            ]
        );
    }
}

#[test]
fn values_are_converted_and_never_lost() {
    let mut db = database(
        "CREATE TABLE \"t\" (\"a\" TEXT, \"b\" INTEGER, \"c\" TEXT, \"d\" BLOB, \"e\" TEXT);
         INSERT INTO t VALUES ('12', 12, 'é', x'c3a9', 'e'), ('12 pears', 'word', NULL, 'text', ''), ('1.5', 1.5, '', x'', NULL);",
    );
    let to =
        [("a", "integer"), ("b", "text"), ("c", "large_binary"), ("d", "text"), ("e", "numeric")];
    let changes = to
        .iter()
        .map(|(name, to)| altered(&mut db, "t", name, |column| column.ty = ty(to)))
        .collect();
    run(&mut db, Sqlite::bundled(), &[alter("t", changes)]).unwrap();
    assert_eq!(
        dump(&mut db),
        [
            "table | t | t | CREATE TABLE \"t\" (\"a\" INTEGER, \"b\" TEXT, \"c\" BLOB, \"d\" TEXT, \"e\" NUMERIC)",
            "t: 1, 12, '12', X'C3A9', 'é', 'e'",
            "t: 2, '12 pears', 'word', NULL, 'text', ''",
            "t: 3, 1.5, '1.5', X'', '', NULL",
        ]
    );
}

#[test]
fn new_columns_get_their_values() {
    for dialect in [Sqlite::bundled(), Sqlite::portable()] {
        let mut db = database(
            "CREATE TABLE \"t\" (\"a\" TEXT, CHECK (a <> ''));
             INSERT INTO t (rowid, a) VALUES (3, 'x'), (9, 'y')",
        );
        let expression = |sql: &str| Some(Value::Expression(Sql::new(sql)));
        let columns = [
            Column {
                default: expression("1 + 1"),
                nullable: false,
                ..Column::new("b", ty("integer"))
            },
            Column {
                generated: Some(limbeck::schema::Generated {
                    expression: Sql::new("a || b"),
                    stored: true,
                }),
                ..Column::new("c", ty("text"))
            },
            Column {
                identity: Some(Default::default()),
                nullable: false,
                ..Column::new("id", ty("integer"))
            },
        ];
        let mut changes: Vec<_> = columns.into_iter().map(TableChange::AddColumn).collect();
        let columns = vec!["id".to_owned()];
        changes.push(TableChange::AddPrimaryKey(PrimaryKey { columns, ..PrimaryKey::default() }));
        run(&mut db, dialect, &[alter("t", changes)]).unwrap();
        assert_eq!(
            dump(&mut db),
            [
                "table | t | t | CREATE TABLE \"t\" (\"a\" TEXT, \"b\" INTEGER NOT NULL DEFAULT (1 + 1), \
             \"c\" TEXT GENERATED ALWAYS AS (a || b) STORED, \"id\" INTEGER NOT NULL, CHECK (a <> ''), PRIMARY KEY (\"id\"))",
                "t: 3, 'x', 2, 'x2', 3",
                "t: 9, 'y', 2, 'y2', 9",
            ]
        );
    }
}

#[test]
fn a_new_column_may_refer_at_once() {
    for dialect in [Sqlite::bundled(), Sqlite::portable()] {
        let mut db = database(
            "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE \"t\" (\"a\" TEXT); INSERT INTO t VALUES ('x')",
        );
        let changes = vec![
            TableChange::AddColumn(Column::new("p_id", ty("integer"))),
            TableChange::AddIndex(Index {
                name: "ix_t_p_id".to_owned(),
                columns: vec![IndexColumn::new("p_id")],
                ..Index::default()
            }),
            TableChange::AddForeignKey(ForeignKey {
                on_delete: Action::SetNull,
                ..foreign_key(&["p_id"], "p", &["id"])
            }),
        ];
        let statements = run(&mut db, dialect, &[alter("t", changes)]).unwrap();
        let statements: Vec<_> = statements.iter().map(|it| it.sql.as_str()).collect();
        assert_eq!(
            statements,
            [
                "ALTER TABLE \"t\" ADD COLUMN \"p_id\" INTEGER CONSTRAINT \"fk_t\" REFERENCES \"p\" (\"id\") ON DELETE SET NULL",
                "CREATE INDEX \"ix_t_p_id\" ON \"t\" (\"p_id\")",
            ]
        );
    }
}

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
             refer to it; `PRAGMA foreign_keys = OFF` belongs before the transaction"
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
    assert_eq!(error, "table `t` is no longer as it was read");
    db.execute("ROLLBACK").unwrap();
    db.execute("PRAGMA writable_schema = RESET").unwrap();
    assert_eq!(dump(&mut db), before);
}

#[test]
fn rows_must_not_lose_their_parents() {
    let sql = "PRAGMA foreign_keys = OFF;
        CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE);
        CREATE TABLE child (t_id REFERENCES t ON DELETE CASCADE, a REFERENCES t (a));
        INSERT INTO t VALUES (1, '01'), (2, 'b');
        INSERT INTO child VALUES (1, NULL), (77, NULL), (NULL, '01');";
    let lost = "rows refer to rows that are not there (table, rowid, table referred to)";
    let run = |operations: &dyn Fn(&mut SqliteConnection) -> Vec<Operation>| {
        let mut db = database(sql);
        let before = dump(&mut db);
        let operations = operations(&mut db);
        let result = run(&mut db, Sqlite::bundled(), &operations).map(|_| ());
        if result.is_err() {
            assert_eq!(dump(&mut db), before);
        }
        leaves_nothing_behind(&mut db);
        result
    };
    let execute = |sql: &str| Operation::Execute(Sql::new(sql));
    // One row is lost already, and may stay so.
    assert_eq!(run(&|_| vec![execute("UPDATE child SET t_id = 2 WHERE t_id = 1")]), Ok(()));
    assert_eq!(run(&|_| vec![execute("DELETE FROM t WHERE id = 2")]), Ok(()));
    assert_eq!(run(&|_| vec![execute("DELETE FROM t WHERE id = 1")]), Err(lost.to_owned()));
    let rename = Operation::RenameTable { from: Name::new("child"), to: Name::new("Kid") };
    let back = Operation::RenameTable { from: Name::new("t"), to: Name::new("T") };
    let delete = execute("DELETE FROM t WHERE id = 2");
    assert_eq!(run(&|_| vec![rename.clone(), back.clone(), delete.clone()]), Ok(()));
    let delete = execute("DELETE FROM t WHERE id = 1");
    assert_eq!(run(&|_| vec![rename.clone(), delete.clone()]), Err(lost.to_owned()));
    assert_eq!(run(&|db| vec![Operation::DropTable(live_table(db, "t"))]), Err(lost.to_owned()));
    let drop_both = |db: &mut SqliteConnection| {
        vec![
            Operation::DropTable(live_table(db, "t")),
            Operation::DropTable(live_table(db, "child")),
        ]
    };
    assert_eq!(run(&drop_both), Ok(()));
    // '01' becomes 1, and a reference to '01' finds nothing.
    let number = |db: &mut SqliteConnection| {
        vec![alter("t", vec![altered(db, "t", "a", |column| column.ty = ty("integer"))])]
    };
    assert_eq!(run(&number), Ok(()));
    let insert = |value: i64| Operation::Insert {
        table: Name::new("child"),
        rows: vec![vec![("t_id".to_owned(), Value::Literal(Literal::Integer(value)))]],
    };
    assert_eq!(run(&|_| vec![insert(2)]), Ok(()));
    assert_eq!(run(&|_| vec![insert(3)]), Err(lost.to_owned()));
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

mod any_change {
    //! Whatever changes a group holds, and whichever way it goes: the table becomes what the
    //! model becomes, the rows are the same in every way, and the reverse leads back.

    use limbeck::schema::Generated;
    use proptest::prelude::*;
    use proptest::sample::Index as Pick;

    use super::*;

    /// Lines of a table, with what may stand around them.
    fn table() -> impl Strategy<Value = String> {
        let columns = [
            "a INTEGER NOT NULL DEFAULT 1",
            "b VARCHAR(20) COLLATE NOCASE UNIQUE",
            "\"c c\" TEXT CONSTRAINT n NOT NULL ON CONFLICT IGNORE CHECK (\"c c\" <> 'CHECK (')",
            "d DEFAULT (1 + 1)",
            "e INTEGER REFERENCES p (id) ON DELETE SET DEFAULT NOT DEFERRABLE",
            "f AS (probe || '!') STORED",
            "g INTEGER GENERATED ALWAYS AS (1) NOT NULL",
            "h VARCHAR(5) CHECK (\"h\" IN ('draft', 'x')) DEFAULT 'x'",
            "\"a\"\"q\" BLOB",
        ];
        let constraints = [
            "PRIMARY KEY (id)",
            "CONSTRAINT \"ck 1\" CHECK (length(probe) > 0)",
            "CHECK (t.probe <> ',')",
            "UNIQUE (id, probe) ON CONFLICT REPLACE",
            "CONSTRAINT fk FOREIGN KEY (probe) REFERENCES q",
        ];
        let columns = prop::sample::subsequence(columns.to_vec(), 0..=columns.len()).prop_shuffle();
        let constraints = prop::sample::subsequence(constraints.to_vec(), 0..=constraints.len());
        let blanks = prop::sample::select(vec![
            (" ", ""),
            ("\n    ", ""),
            ("\n\t", " -- ) comment, ("),
            (" /* , */ ", "/* ( */"),
        ]);
        let first = prop::sample::select(vec!["id INTEGER", "id INT", "id TEXT"]);
        let rowid = any::<bool>();
        (first, columns, constraints, blanks, rowid).prop_map(
            |(first, columns, constraints, (before, behind), rowid)| {
                let mut lines = vec![first, "\"probe\" TEXT"];
                lines.extend(columns);
                lines.extend(&constraints);
                let last = lines.len() - 1;
                let mut text = "CREATE TABLE \"t\" (".to_owned();
                for (index, line) in lines.iter().enumerate() {
                    let comma = if index == last { "" } else { "," };
                    text.push_str(&format!("{before}{line}{comma}{behind}"));
                    if behind.starts_with(" --") && before == " " {
                        text.push('\n');
                    }
                }
                let options = match !rowid && constraints.first() == Some(&"PRIMARY KEY (id)") {
                    true => "WITHOUT ROWID",
                    false => "",
                };
                format!("{text}\n) {options}")
            },
        )
    }

    fn literal() -> impl Strategy<Value = Option<Value>> {
        let integer = |it: i64| Some(Value::Literal(Literal::Integer(it)));
        prop::sample::select(vec![
            None,
            integer(1),
            Some(super::text("x")),
            Some(super::text("it's")),
            Some(Value::Expression(Sql::new("1 + 1"))),
            Some(Value::Expression(Sql::new("x'00'"))),
        ])
    }

    /// A change in the making: it gets its columns when the table is known.
    #[derive(Clone, Debug)]
    enum Draft {
        Nullable(Pick),
        Default(Pick, Option<Value>),
        Type(Pick, &'static str),
        Collation(Pick),
        Generated(Pick),
        Rename(Pick, &'static str),
        Drop(Pick),
        Add(&'static str, &'static str, bool, Option<Value>),
        AddCheck(Pick, Option<&'static str>),
        DropCheck(Pick),
        AddKey(Pick),
        DropKey(Pick),
        AddUnique(Pick, Pick),
        DropUnique(Pick),
        AddIndex(Pick, &'static str),
        DropIndex(Pick),
    }

    fn draft() -> impl Strategy<Value = Draft> {
        let pick = any::<Pick>;
        let names = || prop::sample::select(vec!["new", "probe", "a", "Select", "x y\"z"]);
        let types = || {
            prop::sample::select(vec![
                "text",
                "string(9)",
                "integer",
                "big_integer",
                "enum(x, draft, one)",
                "large_binary",
                "numeric(9, 2)",
            ])
        };
        prop_oneof![
            4 => pick().prop_map(Draft::Nullable),
            4 => (pick(), literal()).prop_map(|(it, value)| Draft::Default(it, value)),
            4 => (pick(), types()).prop_map(|(it, ty)| Draft::Type(it, ty)),
            1 => pick().prop_map(Draft::Collation),
            1 => pick().prop_map(Draft::Generated),
            4 => (pick(), names()).prop_map(|(it, name)| Draft::Rename(it, name)),
            2 => pick().prop_map(Draft::Drop),
            4 => (names(), types(), any::<bool>(), literal())
                .prop_map(|(name, ty, nullable, value)| Draft::Add(name, ty, nullable, value)),
            2 => (pick(), prop::sample::select(vec![None, Some("ck_new")]))
                .prop_map(|(it, name)| Draft::AddCheck(it, name)),
            2 => pick().prop_map(Draft::DropCheck),
            2 => pick().prop_map(Draft::AddKey),
            2 => pick().prop_map(Draft::DropKey),
            1 => (pick(), pick()).prop_map(|(a, b)| Draft::AddUnique(a, b)),
            1 => pick().prop_map(Draft::DropUnique),
            2 => (pick(), prop::sample::select(vec!["ix", "Ix 2"]))
                .prop_map(|(it, name)| Draft::AddIndex(it, name)),
            1 => pick().prop_map(Draft::DropIndex),
        ]
    }

    fn changed(column: &Column, edit: impl FnOnce(&mut Column)) -> Option<TableChange> {
        let mut to = column.clone();
        edit(&mut to);
        Some(TableChange::AlterColumn { from: column.clone(), to })
    }

    /// A name as an expression says it.
    fn quoted(name: &str) -> String {
        Sqlite::bundled().quote(name)
    }

    impl Draft {
        fn change(self, table: &Table) -> Option<TableChange> {
            let column = |pick: Pick| pick.get(&table.columns);
            let taken =
                |name: &str| table.columns.iter().any(|it| it.name.eq_ignore_ascii_case(name));
            match self {
                Draft::Nullable(pick) => changed(column(pick), |it| it.nullable = !it.nullable),
                Draft::Default(pick, value) if column(pick).generated.is_none() => {
                    changed(column(pick), |it| it.default = value)
                }
                Draft::Default(..) => None,
                Draft::Type(pick, text) => changed(column(pick), |it| it.ty = ty(text)),
                Draft::Collation(pick) => changed(column(pick), |it| {
                    it.collation = it.collation.is_none().then(|| "RTRIM".to_owned());
                }),
                Draft::Generated(pick) => changed(column(pick), |it| {
                    let one = Generated { expression: Sql::new("'one'"), stored: true };
                    it.generated = it.generated.is_none().then_some(one);
                    it.default = None;
                }),
                Draft::Rename(pick, to) if !taken(to) => Some(rename(&column(pick).name, to)),
                Draft::Rename(..) => None,
                // A check that stands in the column would go with it.
                Draft::Drop(pick) => {
                    let column = column(pick);
                    let mentions = |check: &Check| {
                        check.expression.text.as_ref().is_some_and(|it| it.contains(&column.name))
                    };
                    let free = !table.checks.iter().any(mentions);
                    free.then(|| TableChange::DropColumn(column.clone()))
                }
                Draft::Add(name, _, _, _) if taken(name) => None,
                Draft::Add(name, text, nullable, default) => Some(TableChange::AddColumn(Column {
                    nullable,
                    default,
                    ..Column::new(name, ty(text))
                })),
                Draft::AddCheck(pick, name) => {
                    let text = format!("{} IS NOT 'nothing'", quoted(&column(pick).name));
                    Some(TableChange::AddCheck(check(name, &text)))
                }
                Draft::DropCheck(pick) if !table.checks.is_empty() => {
                    Some(TableChange::DropCheck(pick.get(&table.checks).clone()))
                }
                Draft::AddKey(pick) => Some(TableChange::AddForeignKey(ForeignKey {
                    name: None,
                    ..foreign_key(&[&column(pick).name], "q", &["x"])
                })),
                Draft::DropKey(pick) if !table.foreign_keys.is_empty() => {
                    Some(TableChange::DropForeignKey(pick.get(&table.foreign_keys).clone()))
                }
                Draft::AddUnique(a, b) if column(a).name != column(b).name => {
                    Some(TableChange::AddUnique(Unique {
                        name: None,
                        ..unique(&[&column(a).name, &column(b).name])
                    }))
                }
                Draft::DropUnique(pick) if !table.uniques.is_empty() => {
                    Some(TableChange::DropUnique(pick.get(&table.uniques).clone()))
                }
                Draft::AddIndex(pick, name) if table.indexes.iter().all(|it| it.name != name) => {
                    Some(TableChange::AddIndex(Index {
                        name: name.to_owned(),
                        columns: vec![IndexColumn::new(&column(pick).name)],
                        predicate: Some(Sql::new(format!("{} > 'a'", quoted(&column(pick).name)))),
                        ..Index::default()
                    }))
                }
                Draft::DropIndex(pick) if !table.indexes.is_empty() => {
                    Some(TableChange::DropIndex(pick.get(&table.indexes).clone()))
                }
                Draft::DropCheck(_)
                | Draft::DropKey(_)
                | Draft::AddUnique(..)
                | Draft::DropUnique(_)
                | Draft::AddIndex(..)
                | Draft::DropIndex(_) => None,
            }
        }
    }

    /// The rows, wherever they are kept.
    fn rows(db: &mut SqliteConnection) -> Vec<String> {
        let lines = dump(db).into_iter();
        lines.filter(|line| !line.contains(" | ")).collect()
    }

    /// A rebuild without an edit of the schema loses the name of the table in its checks.
    fn forget_the_table(schema: &mut Schema) {
        for check in schema.tables.iter_mut().flat_map(|table| &mut table.checks) {
            let text = check.expression.text.take().unwrap();
            check.expression = Sql::new(text.strip_prefix("t.").unwrap_or(&text));
        }
        schema.sort();
    }

    fn whole(sql: &str) -> SqliteConnection {
        let mut db = database(&format!(
            "PRAGMA foreign_keys = OFF;
             CREATE TABLE p (id INTEGER PRIMARY KEY);
             CREATE TABLE q (x TEXT PRIMARY KEY);
             INSERT INTO q VALUES ('one'), ('two'), ('x'), (1);
             {sql};
             CREATE INDEX i ON t (id DESC) WHERE probe > 'a';
             CREATE TABLE child (t_id REFERENCES t (id) ON DELETE CASCADE);
             INSERT INTO child VALUES (1);"
        ));
        for (id, probe) in [(1, "one"), (2, "two")] {
            let names: Vec<_> = live_table(&mut db, "t")
                .columns
                .into_iter()
                .filter(|it| it.name != "id" && it.name != "probe" && it.generated.is_none())
                .map(|it| it.name)
                .collect();
            let mut columns = vec!["id".to_owned(), "probe".to_owned()];
            let mut values = vec![id.to_string(), format!("'{probe}'")];
            for name in names {
                columns.push(quoted(&name));
                values.push(match name.as_str() {
                    "e" => "NULL".to_owned(),
                    "h" => "'x'".to_owned(),
                    _ => format!("'{probe}'"),
                });
            }
            let (columns, values) = (columns.join(", "), values.join(", "));
            db.execute(&format!("INSERT INTO t ({columns}) VALUES ({values})")).unwrap();
        }
        db
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn leads_to_the_same_table(sql in table(), drafts in prop::collection::vec(draft(), 1..6)) {
            let before = inspect(&mut whole(&sql));
            let mut after = before.clone();
            let mut changes = Vec::new();
            for draft in drafts {
                let Some(change) = draft.change(after.table(&Name::new("t")).unwrap()) else { continue };
                if after.apply(&alter("t", vec![change.clone()])).is_ok() {
                    changes.push(change);
                }
            }
            prop_assume!(!changes.is_empty());
            let op = alter("t", changes);
            let mut results = Vec::new();
            for dialect in [Sqlite::bundled(), Sqlite::portable()] {
                let mut db = whole(&sql);
                let untouched = dump(&mut db);
                match run(&mut db, dialect, std::slice::from_ref(&op)) {
                    Ok(statements) => {
                        let mut normal = Sqlite::bundled().normalize(&after, &mut db).unwrap();
                        if dialect == Sqlite::portable() && way(&statements) == Way::Rebuild {
                            forget_the_table(&mut normal);
                        }
                        prop_assert_eq!(inspect(&mut db), normal, "{:#?}", statements);
                        leaves_nothing_behind(&mut db);
                        results.push(Ok(rows(&mut db)));
                    }
                    Err(error) => {
                        prop_assert_eq!(dump(&mut db), untouched);
                        leaves_nothing_behind(&mut db);
                        results.push(Err(error));
                    }
                }
            }
            match &results[..] {
                [Ok(bundled), Ok(portable)] => prop_assert_eq!(bundled, portable),
                [Err(_), Err(_)] => {}
                _ => prop_assert!(false, "one way is open, the other is not: {results:#?}"),
            }
        }
    }
}
