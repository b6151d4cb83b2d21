//! Keys, foreign keys, indexes, and the names of all of them.

use super::*;

#[test]
fn keys_change() {
    check_all(&[
        Case {
            name: "indexes of every kind",
            from: "CREATE TABLE t (a int NOT NULL, b varchar(99), c text, KEY ia (a), KEY ib (b))",
            to: "CREATE TABLE t (a int NOT NULL, b varchar(99), c text, KEY ia (a DESC, b(10)),
                     UNIQUE KEY ub (b), FULLTEXT KEY ic (c) COMMENT 'words', PRIMARY KEY (a))",
            rows: "INSERT INTO t VALUES (1, 'b', 'c')",
            query: "SELECT a, b, c FROM t",
            there: &["1 | b | c"],
            back: &["1 | b | c"],
            ..EMPTY
        },
        Case {
            name: "the index that a foreign key needs",
            common: "CREATE TABLE p (id int PRIMARY KEY)",
            from: "CREATE TABLE t (a int, b int, KEY ix (a, b),
                       CONSTRAINT fk FOREIGN KEY (a) REFERENCES p (id))",
            to: "CREATE TABLE t (a int, b int,
                     CONSTRAINT fk FOREIGN KEY (a) REFERENCES p (id))",
            rows: "INSERT INTO p VALUES (1); INSERT INTO t VALUES (1, 2)",
            query: "SELECT a, b FROM t",
            there: &["1 | 2"],
            back: &["1 | 2"],
            ..EMPTY
        },
        Case {
            name: "foreign keys that come, change and go",
            common: "CREATE TABLE p (id int PRIMARY KEY)",
            from: "CREATE TABLE t (a int, b int, c int,
                       CONSTRAINT fa FOREIGN KEY (a) REFERENCES p (id),
                       CONSTRAINT fb FOREIGN KEY (b) REFERENCES p (id))",
            to: "CREATE TABLE t (a int, b int, c int,
                     CONSTRAINT fb FOREIGN KEY (b) REFERENCES p (id) ON DELETE CASCADE,
                     CONSTRAINT fc FOREIGN KEY (c) REFERENCES p (id) ON UPDATE SET NULL)",
            rows: "INSERT INTO p VALUES (1); INSERT INTO t VALUES (1, 1, 1)",
            query: "SELECT a, b, c FROM t",
            there: &["1 | 1 | 1"],
            back: &["1 | 1 | 1"],
            ..EMPTY
        },
        Case {
            name: "a column stops numbering itself, and another key",
            from: "CREATE TABLE t (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, a int NOT NULL)",
            to: "CREATE TABLE t (id bigint NOT NULL, a int NOT NULL, PRIMARY KEY (a, id))",
            rows: "INSERT INTO t (a) VALUES (4), (3)",
            query: "SELECT id, a FROM t ORDER BY id",
            there: &["1 | 4", "2 | 3"],
            back: &["1 | 4", "2 | 3"],
            ..EMPTY
        },
        Case {
            name: "the key of a column that numbers itself",
            from: "CREATE TABLE t (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, a int NOT NULL)",
            to: "CREATE TABLE t (id bigint NOT NULL AUTO_INCREMENT, a int NOT NULL,
                     PRIMARY KEY (a, id), KEY numbers (id))",
            rows: "INSERT INTO t (a) VALUES (4), (3)",
            query: "SELECT id, a FROM t ORDER BY id",
            there: &["1 | 4", "2 | 3"],
            back: &["1 | 4", "2 | 3"],
            ..EMPTY
        },
    ]);
}

fn numbered(name: &str) -> Column {
    let identity = Some(Identity::default());
    Column { identity, nullable: false, ..column(name, "big_integer") }
}

fn reference(name: &str, column: &str, table: &str) -> ForeignKey {
    ForeignKey {
        name: Some(name.to_owned()),
        columns: vec![column.to_owned()],
        table: Name::new(table),
        references: vec!["id".to_owned()],
        ..ForeignKey::default()
    }
}

/// A table whose rows have numbers and parents.
fn child(name: &str) -> Table {
    let key = PrimaryKey { columns: vec!["id".to_owned()], ..PrimaryKey::default() };
    Table {
        name: Name::new(name),
        columns: vec![numbered("id"), column("parent", "big_integer")],
        primary_key: Some(key),
        ..Table::default()
    }
}

#[test]
fn tables_that_refer_to_each_other() {
    for server in Server::every_mysql() {
        let mut here = Here::new(&server, "");
        let (a, b) = (child("a`"), child("b"));
        let add = |table: &str, key| alter(table, vec![TableChange::AddForeignKey(key)]);
        let drop = |table: &str, key| alter(table, vec![TableChange::DropForeignKey(key)]);
        let (to_b, to_a) = (reference("f`k", "parent", "b"), reference("fk", "parent", "a`"));
        here.run(&[
            Operation::CreateTable(a.clone()),
            Operation::CreateTable(b.clone()),
            add("a`", to_b.clone()),
            add("b", to_a.clone()),
        ])
        .unwrap();
        let schema = here.schema();
        assert!(schema.tables.iter().all(|it| it.foreign_keys.len() == 1 && it.indexes.is_empty()));
        here.run(&[
            drop("b", to_a),
            drop("a`", to_b),
            Operation::RenameTable { from: Name::new("a`"), to: Name::new("c") },
            Operation::DropTable(b),
            Operation::DropTable(Table { name: Name::new("c"), ..a }),
        ])
        .unwrap();
        assert_eq!(here.schema(), Schema::default());
    }
}

#[test]
fn names_of_64_characters() {
    for server in Server::every_mysql() {
        let mut here = Here::new(&server, "");
        let long = |begin: &str| format!("{begin}`é{}", "x".repeat(61));
        let (table, id, parent): (String, String, String) = (long("t"), long("i"), long("p"));
        let key = PrimaryKey { columns: vec![id.clone()], ..PrimaryKey::default() };
        let mut made = Table { name: Name::new(&table), ..child("") };
        made.columns[0].name = id.clone();
        made.columns[1].name = parent.clone();
        made.primary_key = Some(key);
        let index = |name: String| Index {
            name,
            columns: vec![limbeck::schema::IndexColumn::new(&parent)],
            ..Index::default()
        };
        let key = ForeignKey {
            name: Some(long("f")),
            references: vec![id],
            ..reference("", &parent, &table)
        };
        let change =
            |change| Operation::AlterTable { table: Name::new(&table), changes: vec![change] };
        here.run(&[
            Operation::CreateTable(made),
            change(TableChange::AddForeignKey(key.clone())),
            change(TableChange::AddIndex(index(long("x")))),
            change(TableChange::DropIndex(index(long("x")))),
            change(TableChange::DropForeignKey(key)),
        ])
        .unwrap();
        assert_eq!(here.schema().tables[0].indexes, []);
        let error = here.run(&[change(TableChange::AddIndex(index(format!("{}y", long("x")))))]);
        assert!(error.unwrap_err().contains("is 65 characters long"));
    }
}

#[test]
fn a_number_waits_for_its_index() {
    for server in Server::every_mysql() {
        let mut here = Here::new(&server, "");
        let key = PrimaryKey { columns: vec!["parent".to_owned()], ..PrimaryKey::default() };
        let mut table = Table { primary_key: Some(key), ..child("t") };
        table.columns[1].nullable = false;
        let index = Index {
            name: "numbers".to_owned(),
            columns: vec![limbeck::schema::IndexColumn::new("id")],
            ..Index::default()
        };
        here.run(&[Operation::CreateTable(table), alter("t", vec![TableChange::AddIndex(index)])])
            .unwrap();
        let indexes = here.schema().tables[0].indexes.clone();
        assert_eq!(indexes.iter().map(|it| &it.name).collect::<Vec<_>>(), ["numbers"]);
    }
}
