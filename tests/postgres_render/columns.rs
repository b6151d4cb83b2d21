//! Columns: types, numbers of their own, what is computed.

use super::*;

#[test]
fn columns() {
    check_all(&[
        Case {
            name: "a type with a cast, and its default",
            from: "CREATE TABLE t (a text DEFAULT '5', b integer DEFAULT 1, c varchar(10))",
            to: "CREATE TABLE t (a integer DEFAULT 5, b boolean DEFAULT true, c date)",
            rows: "INSERT INTO t VALUES ('7', 0, '2026-01-01'); INSERT INTO t DEFAULT VALUES",
            query: "SELECT * FROM t ORDER BY a",
            there: &["5 | t | NULL", "7 | f | 2026-01-01"],
            back: &["5 | 1 | NULL", "7 | 0 | 2026-01-01"],
            ..EMPTY
        },
        Case {
            name: "a type without a word, and one that views are made of",
            common: "CREATE SCHEMA s",
            from: "CREATE TABLE s.t (id bigint PRIMARY KEY, a varchar(5) NOT NULL);
                   CREATE VIEW s.v AS SELECT id, a FROM s.t;
                   CREATE VIEW s.u AS SELECT a FROM s.v WHERE id > 1;
                   CREATE VIEW s.w AS SELECT id FROM s.t;
                   CREATE MATERIALIZED VIEW s.m AS SELECT upper(a) AS a FROM s.u",
            to: "CREATE TABLE s.t (id bigint PRIMARY KEY, a text);
                 CREATE VIEW s.v AS SELECT id, a FROM s.t;
                 CREATE VIEW s.u AS SELECT a FROM s.v WHERE id > 1;
                 CREATE VIEW s.w AS SELECT id FROM s.t;
                 CREATE MATERIALIZED VIEW s.m AS SELECT upper(a) AS a FROM s.u",
            rows: "INSERT INTO s.t VALUES (1, 'a'), (2, 'b')",
            query: "SELECT * FROM s.m",
            there: &["B"],
            back: &["B"],
        },
        Case {
            name: "enums behind a check",
            from: "CREATE TABLE t (a varchar(5) DEFAULT 'draft'
                       CONSTRAINT t_a_enum CHECK (a IN ('draft', 'done')), b text, c varchar(3)
                       CONSTRAINT odd_enum CHECK (c IN ('x', 'yyy')))",
            to: "CREATE TABLE t (a varchar(9) DEFAULT 'draft'
                     CONSTRAINT t_a_enum CHECK (a IN ('draft', 'done', 'published')),
                     b varchar(2) CONSTRAINT t_b_enum CHECK (b IN ('it', 'a')), c varchar(3))",
            rows: "INSERT INTO t VALUES ('done', 'it', 'x')",
            query: "SELECT * FROM t",
            there: &["done | it | x"],
            back: &["done | it | x"],
            ..EMPTY
        },
        Case {
            name: "null, defaults, collations, comments and settings",
            from: "CREATE TABLE t (a text, b text COLLATE \"C\" NOT NULL DEFAULT 'b', c bytea);
                   ALTER TABLE t ALTER a SET STORAGE EXTERNAL, ALTER c SET STATISTICS 9",
            to: "CREATE TABLE t (a text NOT NULL DEFAULT now()::text, b text, c bytea);
                 ALTER TABLE t ALTER c SET STORAGE MAIN; COMMENT ON COLUMN t.b IS 'it''s'",
            rows: "INSERT INTO t VALUES ('a', 'b', '\\x00')",
            query: "SELECT * FROM t",
            there: &["a | b | \\x00"],
            back: &["a | b | \\x00"],
            ..EMPTY
        },
        Case {
            name: "columns that are computed, and what they are made of",
            from: "CREATE TABLE t (a varchar(3), b integer, c integer,
                       d text GENERATED ALWAYS AS (upper(a)) STORED NOT NULL,
                       CONSTRAINT k UNIQUE (d, b), CONSTRAINT o CHECK (d <> 'X'));
                   CREATE INDEX i ON t (lower(d)) WHERE b > 0;
                   CREATE VIEW v AS SELECT d FROM t",
            to: "CREATE TABLE t (a varchar(9), b integer,
                     c integer GENERATED ALWAYS AS (b * 2) STORED,
                     d text GENERATED ALWAYS AS (upper(a)) STORED NOT NULL,
                     CONSTRAINT k UNIQUE (d, b), CONSTRAINT o CHECK (d <> 'X'));
                 CREATE INDEX i ON t (lower(d)) WHERE b > 0;
                 CREATE VIEW v AS SELECT d FROM t",
            rows: "INSERT INTO t VALUES ('a', 2, 4)",
            query: "SELECT a, b, c, d FROM t",
            there: &["a | 2 | 4 | A"],
            back: &["a | 2 | 4 | A"],
            ..EMPTY
        },
    ]);
}

/// What only newer servers have.
#[test]
fn columns_computed_when_they_are_read() {
    let Some(server) = Server::postgres18() else { return };
    let virtual_ones = Case {
        name: "computed when read",
        from: "CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) STORED,
                   c integer GENERATED ALWAYS AS (a * 3) VIRTUAL, d integer);
               CREATE VIEW v AS SELECT b, c FROM t; CREATE INDEX i ON t (b)",
        to: "CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 4) STORED,
                 c integer GENERATED ALWAYS AS (a * 5) VIRTUAL,
                 d integer GENERATED ALWAYS AS (a) STORED);
             CREATE VIEW v AS SELECT b, c FROM t; CREATE INDEX i ON t (b)",
        rows: "INSERT INTO t VALUES (1)",
        query: "SELECT a, b, c, d FROM t",
        there: &["1 | 4 | 5 | 1"],
        back: &["1 | 2 | 3 | 1"],
        ..EMPTY
    };
    check(&server, &virtual_ones);
}

#[test]
fn numbering() {
    let next = "INSERT INTO t DEFAULT VALUES; SELECT id FROM t ORDER BY id";
    check_all(&[
        Case {
            name: "identity begins behind the rows",
            from: "CREATE TABLE t (id integer NOT NULL)",
            to: "CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY)",
            rows: "INSERT INTO t VALUES (41)",
            query: "SELECT id, pg_sequence_last_value(pg_get_serial_sequence('t', 'id')) FROM t",
            there: &["41 | 41"],
            back: &["41 | NULL"],
            ..EMPTY
        },
        Case {
            name: "serial keeps its counter as an identity",
            from: "CREATE TABLE t (id serial, a integer)",
            to: "CREATE TABLE t (id integer GENERATED BY DEFAULT AS IDENTITY, a integer)",
            rows: "INSERT INTO t (a) VALUES (1), (2); DELETE FROM t WHERE a = 2",
            query: next,
            there: &["1", "3"],
            back: &["1", "3", "4"],
            ..EMPTY
        },
        Case {
            name: "serial, its type, and how it counts",
            from: "CREATE TABLE t (id serial)",
            to: "CREATE SEQUENCE t_id_seq INCREMENT 5;
                 CREATE TABLE t (id bigint NOT NULL DEFAULT nextval('t_id_seq'));
                 ALTER SEQUENCE t_id_seq OWNED BY t.id",
            rows: "INSERT INTO t DEFAULT VALUES",
            query: next,
            there: &["1", "6"],
            back: &["1", "6", "7"],
            ..EMPTY
        },
        Case {
            name: "how an identity counts",
            from: "CREATE TABLE t (id smallint GENERATED ALWAYS AS IDENTITY)",
            to: "CREATE TABLE t (id bigint GENERATED BY DEFAULT AS IDENTITY
                 (INCREMENT 10 START 1 CACHE 2 CYCLE MAXVALUE 500))",
            rows: "INSERT INTO t DEFAULT VALUES",
            query: "SELECT id FROM t",
            there: &["1"],
            back: &["1"],
            ..EMPTY
        },
        Case {
            name: "a serial column that comes and goes",
            from: "CREATE TABLE t (a integer)",
            to: "CREATE TABLE t (a integer, id bigserial)",
            rows: "INSERT INTO t VALUES (7)",
            query: "SELECT a FROM t",
            there: &["7"],
            back: &["7"],
            ..EMPTY
        },
        Case {
            name: "serial ends",
            from: "CREATE TABLE t (id serial)",
            to: "CREATE TABLE t (id integer NOT NULL)",
            rows: "INSERT INTO t VALUES (7)",
            query: "SELECT id FROM t",
            there: &["7"],
            back: &["7"],
            ..EMPTY
        },
    ]);
}

/// A column gets from each type to each other; what its values make of it is another matter.
#[test]
fn every_type_to_every_other() {
    let portable = [
        "small_integer",
        "integer",
        "big_integer",
        "numeric(10, 2)",
        "float",
        "double",
        "boolean",
        "string(9)",
        "char(3)",
        "text",
        "large_binary",
        "date",
        "time",
        "datetime",
        "datetime(tz)",
        "interval",
        "uuid",
        "json",
        "enum(a, b)",
        "enum mood",
        "enum temper",
        "array(integer)",
        "array(text)",
        "array(enum mood)",
    ];
    let all = portable.iter().map(|it| it.parse().unwrap());
    let natives = ["jsonb", "inet", "cidr"].iter().map(|it| Type::native("postgres", *it));
    let all: Vec<Type> = all.chain(natives).collect();
    let enums = "CREATE TYPE mood AS ENUM ('a'); CREATE TYPE temper AS ENUM ('a')";
    for server in Server::every_postgres() {
        let mut here = Here::new(&server, enums);
        for from in &all {
            let column = |(at, ty): (usize, &Type)| Column::new(format!("c{at}"), ty.clone());
            let columns = (0..all.len()).map(|at| column((at, from))).collect();
            let table = Table { name: Name::new("t"), columns, ..Table::default() };
            let change = |to| TableChange::AlterColumn {
                from: column((to, from)),
                to: column((to, &all[to])),
            };
            let changes = (0..all.len()).filter(|to| all[*to] != *from).map(change).collect();
            let operations = [
                Operation::CreateTable(table.clone()),
                alter("t", changes),
                Operation::DropTable(table),
            ];
            here.run(&operations).unwrap_or_else(|err| panic!("{from}: {err}"));
        }
    }
}
