use super::super::SqliteConnection;
use std::time::Duration;

use super::super::split::split;
use super::*;
use crate::schema::{
    Action, Check, Column, Deferrable, Generated, Identity, IndexColumn, IndexKey, Literal,
    PrimaryKey, Type, Unique, Value,
};

fn made(script: &str) -> SqliteConnection {
    let mut db = SqliteConnection::memory().unwrap();
    for piece in split(script).unwrap() {
        db.execute(piece.sql).unwrap_or_else(|err| panic!("{}: {err}", piece.sql));
    }
    db
}

fn inspected(script: &str) -> Schema {
    inspect(&mut made(script), &Scope::default()).unwrap()
}

/// The only table that `sql` makes.
fn table(sql: &str) -> Table {
    let mut schema = inspected(sql);
    assert_eq!((schema.tables.len(), schema.objects.len()), (1, 0));
    schema.tables.remove(0)
}

fn ty(text: &str) -> Type {
    text.parse().unwrap()
}

fn option(name: &str, value: &str) -> Options {
    Options::from([(name.to_owned(), OptionValue::Text(value.to_owned()))])
}

fn key(columns: &[&str]) -> PrimaryKey {
    let columns = columns.iter().map(|it| (*it).to_owned()).collect();
    PrimaryKey { columns, ..PrimaryKey::default() }
}

fn expression(text: &str) -> Option<Value> {
    Some(Value::Expression(Sql::new(text)))
}

#[test]
fn columns_are_found_with_all_they_have() {
    let sql = "CREATE TABLE t (
        id INTEGER PRIMARY KEY,
        name VARCHAR(64) NOT NULL ON CONFLICT IGNORE COLLATE nocase DEFAULT 'x',
        body,
        price DECIMAL(10,2) DEFAULT '1.50',
        paid BOOL NOT NULL ON CONFLICT ABORT DEFAULT 0 COLLATE binary,
        made DATETIME DEFAULT CURRENT_TIMESTAMP,
        tag STRING DEFAULT (lower('X') || 'y') COLLATE unicode2 NULL,
        none TEXT DEFAULT NULL,
        twice INT GENERATED ALWAYS AS (price * 2) STORED,
        half GENERATED ALWAYS AS ( price / 2 ) NOT NULL
    )";
    // A collation of the application need not be known to whoever reads the schema.
    let sql = sql.replace(" COLLATE unicode2", " COLLATE RTRIM");
    let column = |name: &str, ty: Type| Column::new(name, ty);
    let native = |text: &str| Type::native("sqlite", text);
    let generated = |text: &str, stored| Some(Generated { expression: Sql::new(text), stored });
    let text = |text: &str| Some(Value::Literal(Literal::Text(text.to_owned())));
    let expected = Table {
        name: "t".into(),
        columns: vec![
            Column { identity: Some(Identity::default()), ..column("id", ty("integer")) },
            Column {
                nullable: false,
                collation: Some("NOCASE".to_owned()),
                default: text("x"),
                options: option("sqlite.not_null_on_conflict", "ignore"),
                ..column("name", ty("string(64)"))
            },
            column("body", native("")),
            Column {
                default: Some(Value::Literal(Literal::Float(1.5))),
                options: option("sqlite.type", "DECIMAL(10,2)"),
                ..column("price", ty("numeric(10, 2)"))
            },
            Column {
                nullable: false,
                default: Some(Value::Literal(Literal::Boolean(false))),
                options: option("sqlite.type", "BOOL"),
                ..column("paid", ty("boolean"))
            },
            Column { default: expression("CURRENT_TIMESTAMP"), ..column("made", ty("datetime")) },
            Column {
                default: expression("lower('X') || 'y'"),
                collation: Some("RTRIM".to_owned()),
                ..column("tag", native("STRING"))
            },
            column("none", ty("text")),
            Column {
                generated: generated("price * 2", true),
                options: option("sqlite.type", "INT"),
                ..column("twice", ty("integer"))
            },
            Column {
                nullable: false,
                generated: generated("price / 2", false),
                ..column("half", native(""))
            },
        ],
        primary_key: Some(key(&["id"])),
        ..Table::default()
    };
    let found = table(&sql);
    assert_eq!(found, expected);
    assert_eq!(found.source.0, Some(sql));
}

#[test]
fn only_the_alias_of_the_rowid_numbers_itself() {
    let identity = |sql: &str| table(sql).columns[0].identity.clone();
    let numbers = Some(Identity::default());
    for (sql, expected) in [
        ("CREATE TABLE t (a integer PRIMARY KEY)", &numbers),
        ("CREATE TABLE t (a \"INTEGER\" PRIMARY KEY ASC)", &numbers),
        ("CREATE TABLE t (a INTEGER, PRIMARY KEY (A))", &numbers),
        ("CREATE TABLE t (a INTEGER, PRIMARY KEY (a DESC))", &numbers),
        ("CREATE TABLE t (a INTEGER PRIMARY KEY) STRICT", &numbers),
        ("CREATE TABLE t (a INTEGER PRIMARY KEY DESC)", &None),
        ("CREATE TABLE t (a INT PRIMARY KEY)", &None),
        ("CREATE TABLE t (a BIGINT PRIMARY KEY)", &None),
        ("CREATE TABLE t (a INTEGER PRIMARY KEY) WITHOUT ROWID", &None),
        ("CREATE TABLE t (a INTEGER, b, PRIMARY KEY (a, b))", &None),
        ("CREATE TABLE t (a INTEGER UNIQUE)", &None),
    ] {
        assert_eq!(identity(sql), *expected, "{sql}");
        // The database's own view of it: an alias can be set through the rowid.
        let mut db = made(sql);
        let columns = if sql.contains(" b,") { "(1, 1)" } else { "(1)" };
        db.execute(&format!("INSERT INTO t VALUES {columns}")).unwrap();
        let alias = match db.execute("UPDATE t SET rowid = 7") {
            Ok(()) => db.query("SELECT a FROM t", &[]).unwrap() == [[Some("7".to_owned())]],
            Err(_) => false,
        };
        assert_eq!(alias, expected.is_some(), "{sql}");
    }
    let numbered = table("CREATE TABLE t (a INTEGER CONSTRAINT pk PRIMARY KEY AUTOINCREMENT)");
    let autoincrement = ("sqlite.autoincrement".to_owned(), OptionValue::Boolean(true));
    assert_eq!(numbered.options, Options::from([autoincrement.clone()]));
    assert_eq!(numbered.primary_key.unwrap().name.as_deref(), Some("pk"));
    let numbered = table("CREATE TABLE t (a INTEGER, PRIMARY KEY (a AUTOINCREMENT))");
    assert_eq!(numbered.options, Options::from([autoincrement]));
}

#[test]
fn keys_and_constraints_are_found_wherever_they_stand() {
    let found = table(
        "CREATE TABLE t (
        a TEXT COLLATE nocase UNIQUE ON CONFLICT REPLACE CONSTRAINT ck CHECK (a <> ''),
        b VARCHAR(5) CHECK (b > 0) CHECK (b < 9) REFERENCES o ON DELETE SET NULL DEFERRABLE,
        c INT CONSTRAINT fk REFERENCES T (A) MATCH FULL ON UPDATE CASCADE NOT NULL
            DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT uq UNIQUE (B, c) CONSTRAINT ck2 CHECK (c > (0)) ON CONFLICT IGNORE,
        UNIQUE (a COLLATE nocase, b DESC, c COLLATE binary), UNIQUE (a COLLATE binary),
        CONSTRAINT pk PRIMARY KEY (C, b COLLATE rtrim) ON CONFLICT FAIL,
        FOREIGN KEY (c, B) REFERENCES \"o\" (x, y) MATCH simple ON DELETE RESTRICT NOT DEFERRABLE
    ) WITHOUT ROWID, STRICT"
            .replace("VARCHAR(5)", "TEXT")
            .as_str(),
    );
    let strings = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let named = |name: &str| Some(name.to_owned());
    let check = |name: Option<&str>, text: &str| Check {
        name: name.map(str::to_owned),
        expression: Sql::new(text),
        options: Options::new(),
    };
    let nullable = |column: &Column| column.nullable;
    assert_eq!(found.columns.iter().map(nullable).collect::<Vec<_>>(), [true, false, false]);
    let options = option("sqlite.columns", "\"c\", \"b\" COLLATE RTRIM")
        .into_iter()
        .chain(option("sqlite.on_conflict", "fail"))
        .collect();
    let expected = PrimaryKey { name: named("pk"), columns: strings(&["c", "b"]), options };
    assert_eq!(found.primary_key, Some(expected));
    let unique = |name: Option<&str>, columns: &[&str], options: Options| Unique {
        name: name.map(str::to_owned),
        columns: strings(columns),
        deferrable: None,
        options,
    };
    assert_eq!(
        found.uniques,
        [
            unique(None, &["a"], option("sqlite.on_conflict", "replace")),
            unique(None, &["a"], option("sqlite.columns", "\"a\" COLLATE BINARY")),
            unique(None, &["a", "b", "c"], option("sqlite.columns", "\"a\", \"b\" DESC, \"c\"")),
            unique(Some("uq"), &["b", "c"], Options::new()),
        ]
    );
    assert_eq!(
        found.checks,
        [
            check(None, "b < 9"),
            check(None, "b > 0"),
            check(Some("ck"), "a <> ''"),
            check(Some("ck2"), "c > (0)"),
        ]
    );
    assert_eq!(
        found.foreign_keys,
        [
            ForeignKey {
                columns: strings(&["b"]),
                table: "o".into(),
                on_delete: Action::SetNull,
                deferrable: Some(Deferrable { initially: false }),
                ..ForeignKey::default()
            },
            ForeignKey {
                columns: strings(&["c", "b"]),
                table: "o".into(),
                references: strings(&["x", "y"]),
                on_delete: Action::Restrict,
                ..ForeignKey::default()
            },
            ForeignKey {
                name: named("fk"),
                columns: strings(&["c"]),
                table: "t".into(),
                references: strings(&["a"]),
                on_update: Action::Cascade,
                matching: named("full"),
                deferrable: Some(Deferrable { initially: true }),
                ..ForeignKey::default()
            },
        ]
    );
    let on = |name: &str| (name.to_owned(), OptionValue::Boolean(true));
    assert_eq!(found.options, Options::from([on("sqlite.strict"), on("sqlite.without_rowid")]));
}

#[test]
fn a_foreign_key_names_what_it_refers_to() {
    let schema = inspected(
        "CREATE TABLE child (a REFERENCES Parent, b, FOREIGN KEY (a, b) REFERENCES PAIR,
            FOREIGN KEY (b) REFERENCES nowhere);
         CREATE TABLE parent (id INTEGER PRIMARY KEY);
         CREATE TABLE pair (x, y, PRIMARY KEY (y, x))",
    );
    let keys = &schema.table(&"child".into()).unwrap().foreign_keys;
    let shown: Vec<_> =
        keys.iter().map(|key| format!("{} {}", key.table, key.references.join(","))).collect();
    assert_eq!(shown, ["parent id", "pair y,x", "nowhere "]);
}

#[test]
fn an_enum_is_found_behind_its_check() {
    let found = table(
        "CREATE TABLE t (
        s VARCHAR(9) DEFAULT 'draft' NOT NULL CHECK (\"s\" IN ('draft', 'published')),
        named VARCHAR(1) CONSTRAINT ck CHECK (named IN ('a')),
        two VARCHAR(1) CHECK (two IN ('a')) CHECK (two > ''),
        below VARCHAR(1), CHECK (below IN ('a')))",
    );
    let types: Vec<_> = found.columns.iter().map(|column| column.ty.to_string()).collect();
    assert_eq!(types, ["enum(draft, published)", "string(1)", "enum(a)", "string(1)"]);
    let checks: Vec<_> = found.checks.iter().filter_map(|it| it.expression.text.clone()).collect();
    assert_eq!(checks, ["below IN ('a')", "two > ''", "named IN ('a')"]);
}

#[test]
fn indexes_are_found_with_all_they_have() {
    let mut schema = inspected(
        "CREATE TABLE t (a TEXT COLLATE nocase, b INT UNIQUE, c);
         CREATE UNIQUE INDEX ix_a ON t (A COLLATE nocase, \"b\" DESC, c COLLATE binary) WHERE b > 0;
         CREATE INDEX ix_b ON t (lower(a) COLLATE rtrim DESC, a || b, (a COLLATE binary), ((b) + 1));",
    );
    let indexes = std::mem::take(&mut schema.tables[0].indexes);
    let column = IndexColumn::new;
    let expression = |text: &str| IndexColumn {
        key: IndexKey::Expression(Sql::new(text)),
        ..IndexColumn::new("")
    };
    let collated = |name: &str, column: IndexColumn| IndexColumn {
        collation: Some(name.to_owned()),
        ..column
    };
    let expected = [
        Index {
            name: "ix_a".to_owned(),
            columns: vec![
                column("a"),
                IndexColumn { descending: true, ..column("b") },
                column("c"),
            ],
            unique: true,
            predicate: Some(Sql::new("b > 0")),
            ..Index::default()
        },
        Index {
            name: "ix_b".to_owned(),
            columns: vec![
                IndexColumn { descending: true, ..collated("RTRIM", expression("lower(a)")) },
                expression("a || b"),
                collated("BINARY", column("a")),
                expression("(b) + 1"),
            ],
            ..Index::default()
        },
    ];
    assert_eq!(indexes, expected);
    let sources: Vec<_> = indexes.into_iter().filter_map(|index| index.source.0).collect();
    assert_eq!(
        sources,
        [
            "CREATE UNIQUE INDEX ix_a ON t (A COLLATE nocase, \"b\" DESC, c COLLATE binary) WHERE b > 0",
            "CREATE INDEX ix_b ON t (lower(a) COLLATE rtrim DESC, a || b, (a COLLATE binary), ((b) + 1))",
        ]
    );
}

#[test]
fn views_and_triggers_are_found_with_their_text() {
    let schema = inspected(
        "CREATE TABLE t (a);
         CREATE TABLE \"other one\" (a);
         CREATE VIEW v (x, \"y z\") AS SELECT a, 1 FROM t -- all
         ;
         CREATE VIEW IF NOT EXISTS main.w AS WITH q AS (SELECT 1) SELECT * FROM q;
         CREATE TRIGGER IF NOT EXISTS main.tr AFTER INSERT ON t BEGIN DELETE FROM t; END;
         CREATE TRIGGER onview INSTEAD OF DELETE ON v BEGIN SELECT 1; END;
         ALTER TABLE t RENAME TO \"the table\"",
    );
    let objects: Vec<_> = schema
        .objects
        .iter()
        .map(|object| match object {
            Object::View(it) => {
                format!("view {}: {:?} {:?}", it.name, it.definition.text, it.options)
            }
            Object::Trigger(it) => {
                format!("trigger {} on {}: {:?}", it.name, it.table, it.definition.text)
            }
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(
        objects,
        [
            "trigger onview on v: Some(\"CREATE TRIGGER onview INSTEAD OF DELETE ON v BEGIN SELECT 1; END\") ",
            "trigger tr on the table: Some(\"CREATE TRIGGER tr AFTER INSERT ON \\\"the table\\\" BEGIN DELETE FROM \\\"the table\\\"; END\")",
            "view v: Some(\"SELECT a, 1 FROM \\\"the table\\\"\") {\"sqlite.columns\": Text(\"\\\"x\\\", \\\"y z\\\"\")}",
            "view w: Some(\"WITH q AS (SELECT 1) SELECT * FROM q\") {}",
        ]
        .map(|line| line.trim_end())
    );
}

#[test]
fn virtual_tables_are_named_and_their_tables_belong_to_them() {
    let mut db = made(
        "CREATE VIRTUAL TABLE Notes USING fts5(body);
         CREATE TABLE notes_of_mine (a);
         CREATE VIRTUAL TABLE box USING rtree(id, x1, x2);
         CREATE TABLE vec_chunks (a);
         CREATE INDEX ix ON vec_chunks (a);
         CREATE TABLE vec (a);
         PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET rootpage = 0, sql = 'CREATE VIRTUAL TABLE vec USING vec0(a)'
            WHERE name = 'vec';
         PRAGMA writable_schema = RESET",
    );
    let schema = inspect(&mut db, &Scope::default()).unwrap();
    let names = |tables: &[Table]| tables.iter().map(|it| it.name.to_string()).collect::<Vec<_>>();
    assert_eq!(names(&schema.tables), ["notes_of_mine"]);
    let others: Vec<_> =
        schema.others.iter().map(|it| format!("{} {}", it.kind, it.name)).collect();
    assert_eq!(others, ["virtual table Notes", "virtual table box", "virtual table vec"]);
}

#[test]
fn the_scope_says_what_is_read() {
    let mut db = made(
        "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT);
         CREATE TABLE \"it's \"\"b\"\"\" (id REFERENCES a);
         CREATE TABLE C (id);
         CREATE INDEX ix_c ON C (id);
         CREATE TRIGGER tr_c AFTER INSERT ON C BEGIN SELECT 1; END;
         CREATE TRIGGER tr_a AFTER INSERT ON a BEGIN SELECT 1; END;
         CREATE TEMP TABLE d (id);
         ATTACH ':memory:' AS elsewhere;
         CREATE TABLE elsewhere.e (id);
         ANALYZE",
    );
    let mut read = |tables: Option<&[&str]>, except: &[&str]| {
        let name = |name: &&str| match name.split_once('/') {
            Some((schema, name)) => Name { schema: Some(schema.to_owned()), name: name.to_owned() },
            None => Name::new(*name),
        };
        let names = |names: &[&str]| names.iter().map(name).collect::<Vec<_>>();
        let scope = Scope { tables: tables.map(names), except: names(except) };
        let schema = inspect(&mut db, &scope).unwrap();
        let tables = schema.tables.iter().map(|it| format!("{} {}", it.name, it.indexes.len()));
        let objects = schema.objects.iter().map(|it| it.name().to_string());
        tables.chain(objects).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(read(None, &[]), "C 1, a 0, \"it's \"\"b\"\"\" 0, tr_a, tr_c");
    assert_eq!(read(None, &["c", "nothing"]), "a 0, \"it's \"\"b\"\"\" 0, tr_a");
    assert_eq!(read(Some(&["c", "it's \"b\""]), &[]), "C 1, \"it's \"\"b\"\"\" 0, tr_c");
    assert_eq!(read(Some(&["A", "C"]), &["a"]), "C 1, tr_c");
    assert_eq!(
        read(Some(&["main/a", "temp/d", "elsewhere/e", "e"]), &["elsewhere/a"]),
        "a 0, tr_a"
    );
    assert_eq!(read(Some(&[]), &[]), "");
}

#[test]
fn a_text_that_is_none_of_sqlites_is_told() {
    let mut db = made(
        "CREATE TABLE t (a);
         CREATE INDEX ix ON t (a);
         PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET sql = 'CREATE INDEX ix ON t ()' WHERE name = 'ix'",
    );
    let error = inspect(&mut db, &Scope::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot read index `ix`: expected a column at byte 22 of its text in sqlite_schema"
    );
}

/// Counts the queries that reach the database.
struct Counted(SqliteConnection, usize);

impl Connection for Counted {
    fn execute(&mut self, sql: &str) -> Result<(), DbError> {
        self.0.execute(sql)
    }

    fn query(
        &mut self,
        sql: &str,
        params: &[Option<&str>],
    ) -> Result<Vec<crate::dialect::Row>, DbError> {
        self.1 += 1;
        self.0.query(sql, params)
    }

    fn refuse(&mut self, sql: &str, message: &str) -> Result<Option<crate::dialect::Row>, DbError> {
        self.0.refuse(sql, message)
    }

    fn lock(&mut self, wait: Duration) -> Result<(), DbError> {
        self.0.lock(wait)
    }

    fn limit(&mut self, statement_timeout: Option<Duration>) -> Result<(), DbError> {
        self.0.limit(statement_timeout)
    }
}

#[test]
fn the_number_of_queries_does_not_depend_on_the_size() {
    let mut script = String::new();
    for number in 0..100 {
        script.push_str(&format!(
            "CREATE TABLE t{number} (a UNIQUE REFERENCES t{number}); \
             CREATE INDEX ix{number} ON t{number} (a); \
             CREATE VIEW v{number} AS SELECT * FROM t{number};"
        ));
    }
    let mut db = Counted(made(&script), 0);
    assert_eq!(inspect(&mut db, &Scope::default()).unwrap().tables.len(), 100);
    assert_eq!(db.1, 1);
    db.execute("CREATE VIRTUAL TABLE f USING fts5(a)").unwrap();
    assert_eq!(inspect(&mut db, &Scope::default()).unwrap().tables.len(), 100);
    assert_eq!(db.1, 3);
}
