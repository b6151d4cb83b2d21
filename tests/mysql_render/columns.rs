//! Columns: what a change does not speak of stays.

use super::*;

#[test]
fn columns_change_and_keep_the_rest() {
    check_all(&[
        Case {
            name: "types, and all that is said beside them",
            from: "CREATE TABLE t (
                       id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'number',
                       a varchar(5) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'it''s'
                           COMMENT 'kept',
                       b datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
                           ON UPDATE CURRENT_TIMESTAMP(3),
                       c enum('x', 'y') DEFAULT 'y', d int DEFAULT 5)",
            to: "CREATE TABLE t (
                     id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'number',
                     a varchar(9) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'it''s'
                         COMMENT 'kept',
                     b datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
                         ON UPDATE CURRENT_TIMESTAMP(3) COMMENT 'when',
                     c enum('x', 'y', 'z') DEFAULT 'y', d bigint DEFAULT 5)",
            rows: "INSERT INTO t (id, b) VALUES (7, '2026-01-01 00:00:00.123'), (9, '2026-01-02')",
            query: "SELECT * FROM t ORDER BY id",
            there: &[
                "7 | it's | 2026-01-01 00:00:00.123 | y | 5",
                "9 | it's | 2026-01-02 00:00:00.000 | y | 5",
            ],
            back: &[
                "7 | it's | 2026-01-01 00:00:00.123 | y | 5",
                "9 | it's | 2026-01-02 00:00:00.000 | y | 5",
            ],
            ..EMPTY
        },
        Case {
            name: "defaults and NULL",
            from: "CREATE TABLE t (a int DEFAULT 5, b int NOT NULL, c text, d timestamp NULL,
                       e varchar(9) DEFAULT 'x', f datetime)",
            to: "CREATE TABLE t (a int, b int DEFAULT 3, c text NOT NULL,
                     d timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, e varchar(9) DEFAULT '',
                     f datetime DEFAULT CURRENT_TIMESTAMP)",
            rows: "INSERT INTO t (a, b, c, d) VALUES (1, 2, 'c', '2026-01-01')",
            query: "SELECT a, b, c, d, e FROM t",
            there: &["1 | 2 | c | 2026-01-01 00:00:00 | x"],
            back: &["1 | 2 | c | 2026-01-01 00:00:00 | x"],
            ..EMPTY
        },
        Case {
            name: "a column that is computed",
            from: "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED,
                       c int GENERATED ALWAYS AS (a + 2) VIRTUAL, d int, z int, KEY k (c, a))",
            to: "CREATE TABLE t (a int, b int, c int GENERATED ALWAYS AS (a + 2) STORED,
                     d int GENERATED ALWAYS AS (a + 3) STORED, z int, KEY k (c, a))",
            rows: "INSERT INTO t (a, d) VALUES (1, 9)",
            query: "SELECT a, b, c, d FROM t",
            there: &["1 | 2 | 3 | 4"],
            back: &["1 | 2 | 3 | 4"],
            ..EMPTY
        },
        Case {
            name: "checks, and columns that go",
            from: "CREATE TABLE t (a int, c int, b int, CONSTRAINT ck_t_ab CHECK (a > b),
                       CONSTRAINT ck_t_c CHECK (c > 0))",
            to: "CREATE TABLE t (a int, c int, CONSTRAINT ck_t_c CHECK (c > 1))",
            rows: "INSERT INTO t (a, c) VALUES (1, 2)",
            query: "SELECT a, c FROM t",
            there: &["1 | 2"],
            back: &["1 | 2"],
            ..EMPTY
        },
        Case {
            name: "what is said of a table",
            from: "CREATE TABLE t (a int) COMMENT 'old' ROW_FORMAT=DYNAMIC",
            to: "CREATE TABLE t (a int NOT NULL) COMMENT 'it''s' ROW_FORMAT=REDUNDANT
                     PARTITION BY HASH (a) PARTITIONS 2",
            rows: "INSERT INTO t VALUES (1)",
            query: "SELECT a FROM t",
            there: &["1"],
            back: &["1"],
            ..EMPTY
        },
    ]);
}

#[test]
fn a_column_gets_another_name() {
    for server in Server::every_mysql() {
        let mut here = Here::new(
            &server,
            "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED,
                 c int GENERATED ALWAYS AS (a + 2) VIRTUAL, KEY k (a, c),
                 CONSTRAINT ck CHECK (a > 0));
             INSERT INTO t (a) VALUES (1)",
        );
        let rename = TableChange::RenameColumn { from: "a".to_owned(), to: "x`y".to_owned() };
        here.run(&[alter("t", vec![rename])]).unwrap();
        assert_eq!(here.database.query("SELECT `x``y`, b, c FROM t"), ["1 | 2 | 3"]);
        let refused = here.db.execute("INSERT INTO t (`x``y`) VALUES (0)");
        assert!(refused.is_err());
        let schema = here.schema();
        assert_eq!(schema.tables[0].checks.len(), 1);
        assert_eq!(schema.tables[0].indexes.len(), 1);
    }
}

#[test]
fn rows_without_a_value_are_refused() {
    for server in Server::every_mysql() {
        let mut here = Here::new(&server, "CREATE TABLE t (a int); INSERT INTO t VALUES (NULL)");
        let to = Column { nullable: false, ..column("a", "integer") };
        let change = TableChange::AlterColumn { from: column("a", "integer"), to: to.clone() };
        assert_eq!(
            here.run(&[alter("t", vec![change])]),
            Err("column `a` of table `t` holds NULL: [Some(\"1 row\")]".to_owned())
        );
        let added = TableChange::AddColumn(Column { name: "b".to_owned(), ..to });
        assert_eq!(
            here.run(&[alter("t", vec![added])]),
            Err("the new column `b` has no value for the rows of table `t`; give it a default, \
                 or add it nullable and fill it first: [Some(\"1 row\")]"
                .to_owned())
        );
    }
}

#[test]
fn a_check_of_a_column_stays_with_it() {
    check_all(&[Case {
        name: "a check that MariaDB keeps with its column",
        from: "CREATE TABLE t (a int CHECK (a > 0))",
        to: "CREATE TABLE t (a bigint CHECK (a > 0) COMMENT 'kept')",
        rows: "INSERT INTO t VALUES (1)",
        query: "SELECT a FROM t",
        there: &["1"],
        back: &["1"],
        // COMMENT stands before it there, and the text of the test is for both.
        only: Some(Flavour::MySql),
        ..EMPTY
    }]);
    let server = Server::mariadb();
    let mut here = Here::new(&server, "CREATE TABLE t (a int CHECK (a > 0))");
    let to = Column { comment: Some("kept".to_owned()), ..column("a", "big_integer") };
    let change = TableChange::AlterColumn { from: column("a", "integer"), to };
    here.run(&[alter("t", vec![change])]).unwrap();
    assert!(here.db.execute("INSERT INTO t VALUES (0)").is_err());
    let check = here.schema().tables[0].checks[0].clone();
    here.run(&[alter("t", vec![TableChange::DropCheck(check)])]).unwrap();
    here.db.execute("INSERT INTO t VALUES (0)").unwrap();
}
