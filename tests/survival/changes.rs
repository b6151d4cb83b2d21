//! What changes make of a table, in whichever way, and what is refused.

use super::*;

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
    let is_null = "column `probe` of table `t` holds NULL (1 row)";
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
            "column `a` of table `t` holds a value twice (x)",
        );
        refused(
            sql,
            dialect,
            |_| vec![TableChange::AddUnique(unique(&["a", "b"]))],
            "columns `a`, `b` of table `t` hold the same values twice (x, 1)",
        );
        refused(
            sql,
            dialect,
            |_| vec![TableChange::AddForeignKey(foreign_key(&["b"], "p", &["id"]))],
            "rows of table `t` refer to rows of `p` that are not there (1)",
        );
        refused(
            sql,
            dialect,
            |_| vec![TableChange::AddForeignKey(foreign_key(&["b"], "p", &[]))],
            "rows of table `t` refer to rows of `p` that are not there (1)",
        );
        let required = Column { nullable: false, ..Column::new("c", ty("text")) };
        refused(
            sql,
            dialect,
            |_| vec![TableChange::AddColumn(required.clone())],
            "the new column `c` has no value for the rows of table `t`; give it a default, or add \
             it nullable and fill it first (2 rows)",
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
        "rows of table `t` violate the check `ck_b` (2 rows)",
    );
    refused(
        sql,
        bundled,
        |_| {
            let check = check(None, "b > '1'");
            let key = foreign_key(&["probe"], "p", &["id"]);
            vec![TableChange::AddCheck(check), TableChange::AddForeignKey(key)]
        },
        "rows of table `t` violate the check `b > '1'` (2 rows)",
    );
    refused(
        sql,
        bundled,
        |db| vec![altered(db, "t", "probe", |column| column.ty = ty("enum(a, b)"))],
        "column `probe` of table `t` holds values other than `a`, `b` (y)",
    );
    refused(
        "CREATE TABLE \"t\" (\"probe\" TEXT) STRICT; INSERT INTO t VALUES ('x')",
        bundled,
        |db| vec![altered(db, "t", "probe", |column| column.ty = ty("integer"))],
        "cannot store TEXT value in INTEGER column _limbeck_new_t.probe: \
         INSERT OR ABORT INTO \"_limbeck_new_t\" (\"probe\", rowid) SELECT \"probe\", rowid FROM \"t\" ORDER BY rowid",
    );
}

#[test]
fn no_row_is_lost_to_a_conflict_clause() {
    for clause in ["REPLACE", "IGNORE"] {
        let sql = format!(
            "CREATE TABLE \"t\" (\"probe\" TEXT UNIQUE ON CONFLICT {clause});
             INSERT INTO t VALUES ('1'), ('01')"
        );
        refused(
            &sql,
            Sqlite::bundled(),
            |db| vec![altered(db, "t", "probe", |column| column.ty = ty("integer"))],
            "UNIQUE constraint failed: _limbeck_new_t.probe: INSERT OR ABORT INTO \"_limbeck_new_t\" \
             (\"probe\", rowid) SELECT \"probe\", rowid FROM \"t\" ORDER BY rowid",
        );
    }
}

#[test]
fn a_table_is_found_in_any_case() {
    let mut db = database("CREATE TABLE \"User\" (\"probe\" TEXT)");
    let change = altered(&mut db, "User", "probe", |column| column.ty = ty("integer"));
    run(&mut db, Sqlite::bundled(), &[alter("uSER", vec![change])]).unwrap();
    assert_eq!(dump(&mut db), ["table | User | User | CREATE TABLE \"User\" (\"probe\" INTEGER)"]);
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
fn rows_must_not_lose_their_parents() {
    let sql = "PRAGMA foreign_keys = OFF;
        CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE);
        CREATE TABLE child (t_id REFERENCES t ON DELETE CASCADE, a REFERENCES t (a));
        INSERT INTO t VALUES (1, '01'), (2, 'b');
        INSERT INTO child VALUES (1, NULL), (77, NULL), (NULL, '01');";
    let lost = |row: &str| Err(format!("rows would refer to rows that are not there ({row})"));
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
    assert_eq!(
        run(&|_| vec![execute("DELETE FROM t WHERE id = 1")]),
        lost("row 1 of `child` refers to `t`")
    );
    let rename = Operation::RenameTable { from: Name::new("child"), to: Name::new("Kid") };
    let back = Operation::RenameTable { from: Name::new("t"), to: Name::new("T") };
    let delete = execute("DELETE FROM t WHERE id = 2");
    assert_eq!(run(&|_| vec![rename.clone(), back.clone(), delete.clone()]), Ok(()));
    let delete = execute("DELETE FROM t WHERE id = 1");
    assert_eq!(
        run(&|_| vec![rename.clone(), delete.clone()]),
        lost("row 1 of `Kid` refers to `t`")
    );
    assert_eq!(
        run(&|db| vec![Operation::DropTable(live_table(db, "t"))]),
        lost("row 1 of `child` refers to `t`")
    );
    let drop_both = |db: &mut SqliteConnection| {
        vec![
            Operation::DropTable(live_table(db, "t")),
            Operation::DropTable(live_table(db, "child")),
        ]
    };
    assert_eq!(run(&drop_both), Ok(()));
    // '01' becomes 1, and what refers to it is taken for a number too.
    let number = |db: &mut SqliteConnection| {
        vec![alter("t", vec![altered(db, "t", "a", |column| column.ty = ty("integer"))])]
    };
    assert_eq!(run(&number), Ok(()));
    let insert = |value: i64| Operation::Insert {
        table: Name::new("child"),
        rows: vec![vec![("t_id".to_owned(), Value::Literal(Literal::Integer(value)))]],
    };
    assert_eq!(run(&|_| vec![insert(2)]), Ok(()));
    assert_eq!(run(&|_| vec![insert(3)]), lost("row 4 of `child` refers to `t`"));
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
