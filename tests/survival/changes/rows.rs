//! What the rows of this table and of others do not allow.

use super::*;

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
