//! Names that change, and what speaks of them.

use super::*;

#[test]
fn a_table_is_found_in_any_case() {
    let mut db = database("CREATE TABLE \"User\" (\"probe\" TEXT)");
    let change = altered(&mut db, "User", "probe", |column| column.ty = ty("integer"));
    run(&mut db, Sqlite::bundled(), &[alter("uSER", vec![change])]).unwrap();
    assert_eq!(dump(&mut db), ["table | User | User | CREATE TABLE \"User\" (\"probe\" INTEGER)"]);
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
