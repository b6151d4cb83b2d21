//! Columns that come and go, and what becomes of the values.

use super::*;

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
             \"c\" TEXT GENERATED ALWAYS AS (a || b) STORED, \"id\" INTEGER NOT NULL, PRIMARY KEY (\"id\"), CHECK (a <> ''))",
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
fn the_only_column_may_be_replaced() {
    for (dialect, name) in [
        (Sqlite::bundled(), "a"),
        (Sqlite::bundled(), "b"),
        (Sqlite::portable(), "a"),
        (Sqlite::portable(), "b"),
    ] {
        let mut db = database("CREATE TABLE \"t\" (\"a\" TEXT)");
        let changes = vec![
            TableChange::DropColumn(live_table(&mut db, "t").columns[0].clone()),
            TableChange::AddColumn(Column { nullable: false, ..Column::new(name, ty("integer")) }),
        ];
        run(&mut db, dialect, &[alter("t", changes)]).unwrap();
        let text = format!("table | t | t | CREATE TABLE \"t\" (\"{name}\" INTEGER NOT NULL)");
        assert_eq!(dump(&mut db), [text]);
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
            "CREATE TABLE t (a, b); CREATE VIEW v AS SELECT \"a\" FROM t",
            "the column `a` is gone, and what named it in double quotes would be taken for a text \
             by SQLite; drop that first (view v)",
        );
        refused(
            "CREATE TABLE t (a, b); CREATE TRIGGER g INSERT ON t BEGIN SELECT \"A\" FROM t; END",
            "the column `a` is gone, and what named it in double quotes would be taken for a text \
             by SQLite; drop that first (trigger g)",
        );
        refused(
            "CREATE TABLE t (a, b); CREATE INDEX i ON t (b, a)",
            "unsupported: the column `a` is in the index `i`",
        );
    }
    let portable = Sqlite::portable();
    for (sql, what) in [
        ("CREATE TABLE t (a, b, CHECK (\"a\" > 0))", "an expression of the table"),
        ("CREATE TABLE t (a, b, c AS (\"a\" + 1))", "an expression of the table"),
        ("CREATE TABLE t (a, b); CREATE INDEX i ON t (b) WHERE \"A\" > 0", "the index `i`"),
    ] {
        let message = format!("unsupported: the column `a` is in {what}");
        refused(sql, portable, |db| vec![drop(db, "a")], &message);
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
); CREATE VIEW v AS SELECT b AS \"c\", 'c' FROM t; INSERT INTO t VALUES (1, 2, 3)",
        );
        let changes = vec![drop(&mut db, "c")];
        run(&mut db, dialect, &[alter("t", changes)]).unwrap();
        let rows: Vec<_> =
            db.query("SELECT * FROM t", &[]).unwrap().into_iter().flatten().collect();
        assert_eq!(rows, [Some("1".to_owned()), Some("2".to_owned())]);
    }
}

/// The same name in double quotes where it is another table's column, a name of the query or a
/// column that is written to is no use of the column that goes.
#[test]
fn a_column_of_the_same_name_elsewhere_is_no_use() {
    for dialect in [Sqlite::bundled(), Sqlite::portable()] {
        let mut db = database(
            "CREATE TABLE t (a, b); CREATE TABLE t_log (a); INSERT INTO t VALUES (1, 2);
             CREATE VIEW v AS SELECT \"a\" FROM t_log;
             CREATE VIEW w AS SELECT b AS \"a\" FROM t;
             CREATE TRIGGER g INSERT ON t BEGIN
                 INSERT INTO t_log (\"a\") SELECT b AS \"a\" FROM t;
                 UPDATE t_log SET \"a\" = new.b WHERE \"a\" > 1;
             END",
        );
        let texts = |db: &mut SqliteConnection| {
            let sql = "SELECT sql FROM sqlite_schema WHERE type IN ('view', 'trigger')";
            db.query(sql, &[]).unwrap()
        };
        let before = texts(&mut db);
        let column = live_table(&mut db, "t").column("a").unwrap().clone();
        run(&mut db, dialect, &[alter("t", vec![TableChange::DropColumn(column)])]).unwrap();
        assert_eq!(texts(&mut db), before);
    }
}
