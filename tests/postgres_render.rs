//! Operations on a real PostgreSQL, there and back: the catalogue must end as that of a database
//! that was made so from the beginning, and no row may be lost.

#![cfg(feature = "postgres")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::path::Path;

use limbeck::dialect::{self, Access, Connected, Limits, Role, Scope};
use limbeck::diff::diff;
use limbeck::operation::{Operation, TableChange};
use limbeck::run::{Cause, execute_one};
use limbeck::schema::{
    Check, Column, Enum, ForeignKey, Index, IndexColumn, Literal, Name, Object, OptionValue,
    Options, PrimaryKey, Schema, Sql, Table, Type, Unique, Value, View,
};
use support::server::{Database, Server};

/// A database of a test, with a session of ours.
struct Here {
    database: Database,
    connected: Connected,
}

impl Here {
    /// One in which these statements have run.
    fn new(server: &Server, sql: &str) -> Here {
        let database = server.database();
        database.client().batch_execute(sql).unwrap_or_else(|err| panic!("{err:?}: {sql}"));
        let url = database.url().parse().unwrap();
        let mut connected = dialect::connect(&url, Path::new("."), Access::Change).unwrap();
        let (dialect, db) = &mut connected;
        dialect.prepare(&mut **db, &Limits::default()).unwrap();
        Here { database, connected }
    }

    fn schema(&mut self) -> Schema {
        let (dialect, db) = &mut self.connected;
        dialect.inspect(&mut **db, &Scope::default()).unwrap()
    }

    /// The catalogue, a line each.
    fn portrait(&self) -> String {
        self.database.query(include_str!("support/portrait.sql")).join("\n")
    }

    /// Runs operations in one transaction, but for what cannot stand in one.
    fn run(&mut self, operations: &[Operation]) -> Result<(), String> {
        let mut said = Vec::new();
        for operation in operations {
            let ran = self.run_one(operation, &mut said);
            ran.map_err(|err| format!("{err}\n{}", said.join(";\n")))?;
        }
        Ok(())
    }

    fn run_one(&mut self, operation: &Operation, said: &mut Vec<String>) -> Result<(), String> {
        let (dialect, db) = &mut self.connected;
        let before = limbeck::run::before(&**dialect, &mut **db, operation).unwrap();
        let statements = dialect.render(operation, &before).map_err(|err| err.to_string())?;
        let alone = statements.iter().any(|it| dialect.role(&it.sql) == Role::Alone);
        said.extend(statements.iter().map(|it| it.sql.clone()));
        if !alone {
            db.execute("BEGIN").unwrap();
        }
        let outcome = execute_one(&**dialect, &mut **db, operation, &|_| {});
        if !alone {
            db.execute(if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" }).unwrap();
        }
        outcome.map_err(|cause| match cause {
            Cause::Refused { message, row } => format!("{message}: {row:?}"),
            other => other.to_string(),
        })
    }
}

/// What changes in a database, and what of its rows is looked at.
struct Case {
    name: &'static str,
    /// What stands on both sides.
    common: &'static str,
    from: &'static str,
    to: &'static str,
    /// Statements that run before the change, about rows.
    rows: &'static str,
    /// A query, what it gives after the change, and what it gives when that is undone.
    query: &'static str,
    there: &'static [&'static str],
    back: &'static [&'static str],
}

const EMPTY: Case = Case {
    name: "",
    common: "",
    from: "",
    to: "",
    rows: "",
    query: "SELECT",
    there: &[""],
    back: &[""],
};

fn check(server: &Server, case: &Case) {
    let mut here = Here::new(server, &format!("{};{}", case.common, case.from));
    let mut other = Here::new(server, &format!("{};{}", case.common, case.to));
    here.database.client().batch_execute(case.rows).unwrap();
    let (from, to) = (here.schema(), other.schema());
    let begun = here.portrait();

    let operations = diff(&from, &to);
    assert!(!operations.is_empty(), "{}: there is no difference", case.name);
    here.run(&operations).unwrap_or_else(|err| panic!("{}: {err}", case.name));
    assert_eq!(here.portrait(), other.portrait(), "{}", case.name);
    assert_eq!(diff(&here.schema(), &to), [], "{}", case.name);
    assert_eq!(here.database.query(case.query), case.there, "{}", case.name);

    here.run(&diff(&to, &from)).unwrap_or_else(|err| panic!("{}, back: {err}", case.name));
    assert_eq!(here.portrait(), begun, "{}, back", case.name);
    assert_eq!(here.database.query(case.query), case.back, "{}, back", case.name);
}

fn check_all(cases: &[Case]) {
    for server in Server::every_postgres() {
        for case in cases {
            check(&server, case);
        }
    }
}

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

#[test]
fn tables_and_constraints() {
    check_all(&[
        Case {
            name: "a table with everything",
            common: "CREATE SCHEMA s; CREATE TABLE s.p (id integer PRIMARY KEY, b integer);
                     ALTER TABLE s.p ADD UNIQUE (id, b)",
            to: "CREATE UNLOGGED TABLE s.\"odd \"\"one\" (
                     id bigint GENERATED BY DEFAULT AS IDENTITY (START WITH 100 CACHE 5),
                     n serial,
                     a varchar(10) COLLATE \"C\" DEFAULT 'it''s \\n',
                     b integer DEFAULT -5 NOT NULL,
                     c timestamptz(3) DEFAULT now(),
                     d boolean DEFAULT (1 = 1 AND 2 = 2),
                     e numeric(10, 2) GENERATED ALWAYS AS (b * 2) STORED,
                     f integer[] DEFAULT '{1,2}',
                     g json DEFAULT '{}',
                     CONSTRAINT pk PRIMARY KEY (id) INCLUDE (b),
                     CONSTRAINT uq UNIQUE (a, b) DEFERRABLE INITIALLY DEFERRED,
                     CONSTRAINT fk FOREIGN KEY (id, b) REFERENCES s.p (id, b) MATCH FULL
                         ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE,
                     CONSTRAINT ck CHECK (b > -10 OR a = 'x') NO INHERIT)
                     WITH (fillfactor=70, autovacuum_enabled=false);
                 ALTER TABLE s.\"odd \"\"one\" ADD CONSTRAINT nv CHECK (b < 100) NOT VALID;
                 ALTER TABLE s.\"odd \"\"one\" FORCE ROW LEVEL SECURITY, ENABLE ROW LEVEL SECURITY;
                 CREATE UNIQUE INDEX i1 ON s.\"odd \"\"one\" (lower(a) text_pattern_ops DESC NULLS LAST,
                     b) INCLUDE (c) WHERE b > 0;
                 CREATE INDEX i2 ON s.\"odd \"\"one\" USING gin (f) WITH (fastupdate=off);
                 COMMENT ON INDEX s.i2 IS 'index';
                 COMMENT ON TABLE s.\"odd \"\"one\" IS 'table';
                 COMMENT ON COLUMN s.\"odd \"\"one\".a IS 'column'",
            ..EMPTY
        },
        Case {
            name: "constraints come and go",
            common: "CREATE TABLE p (id integer PRIMARY KEY)",
            from: "CREATE TABLE t (a integer NOT NULL, b integer, CONSTRAINT x CHECK (a > 0));
                   CREATE INDEX i ON t (a)",
            to: "CREATE TABLE t (a integer, b integer, CONSTRAINT pk PRIMARY KEY (a),
                     CONSTRAINT u UNIQUE (a, b), CONSTRAINT f FOREIGN KEY (b) REFERENCES p (id)
                     ON DELETE SET NULL, CONSTRAINT x CHECK (a > 1));
                 CREATE INDEX i ON t (a DESC)",
            rows: "INSERT INTO t VALUES (5, NULL)",
            query: "SELECT * FROM t",
            there: &["5 | NULL"],
            back: &["5 | NULL"],
        },
        Case {
            name: "rows that were never looked at",
            common: "CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE t (a integer)",
            from: "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID,
                       ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id) NOT VALID",
            to: "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0),
                     ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id)",
            ..EMPTY
        },
        Case {
            name: "options of a table",
            from: "CREATE TABLE t (a integer) WITH (fillfactor=70, autovacuum_enabled=false);
                   CREATE TABLE q (a integer); CREATE TABLE r (a integer) INHERITS (q)",
            to: "CREATE UNLOGGED TABLE t (a integer) WITH (fillfactor=80);
                 ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE TABLE q (a integer);
                 CREATE TABLE r (a integer); COMMENT ON TABLE q IS 'q'",
            rows: "INSERT INTO t VALUES (1); INSERT INTO r VALUES (2)",
            query: "SELECT t.a, r.a FROM t, r",
            there: &["1 | 2"],
            back: &["1 | 2"],
            ..EMPTY
        },
        Case {
            name: "partitions",
            common: "CREATE TABLE p (a integer, b text) PARTITION BY RANGE (a);
                     CREATE TABLE q PARTITION OF p FOR VALUES FROM (0) TO (10)",
            from: "CREATE TABLE r PARTITION OF p FOR VALUES FROM (10) TO (20)",
            to: "CREATE TABLE r PARTITION OF p FOR VALUES FROM (10) TO (30);
                 CREATE TABLE s PARTITION OF p DEFAULT",
            rows: "INSERT INTO p VALUES (1, 'a'), (11, 'b')",
            query: "SELECT * FROM p ORDER BY a",
            there: &["1 | a", "11 | b"],
            back: &["1 | a", "11 | b"],
        },
    ]);
}

#[test]
fn objects() {
    check_all(&[
        Case {
            name: "objects of every kind",
            from: "CREATE SCHEMA s",
            to: "CREATE SCHEMA s; CREATE SCHEMA z;
                 CREATE TYPE s.mood AS ENUM ('sad', 'it''s');
                 CREATE SEQUENCE s.n AS integer START 5 INCREMENT -1 MINVALUE -10 MAXVALUE 50 CYCLE;
                 CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';
                 CREATE TABLE t (a integer);
                 CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                 CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g();
                 CREATE VIEW v WITH (security_barrier=true) AS SELECT a FROM t;
                 CREATE MATERIALIZED VIEW m AS SELECT f(a) FROM t",
            ..EMPTY
        },
        Case {
            name: "objects change",
            from: "CREATE TABLE t (a integer, b text);
                   CREATE SEQUENCE n INCREMENT 2;
                   CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';
                   CREATE FUNCTION g(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';
                   CREATE VIEW v AS SELECT a, b FROM t WHERE f(a) > 1;
                   CREATE VIEW w AS SELECT a FROM v;
                   CREATE FUNCTION h() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                   CREATE TRIGGER r INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION h()",
            to: "CREATE TABLE t (a integer, b text);
                 CREATE SEQUENCE n MAXVALUE 99;
                 CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a + 1';
                 CREATE FUNCTION g(a integer) RETURNS bigint LANGUAGE sql AS 'SELECT a::bigint';
                 CREATE VIEW v AS SELECT a FROM t WHERE f(a) > 1;
                 CREATE VIEW w AS SELECT a FROM v;
                 CREATE FUNCTION h() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                 CREATE TRIGGER r INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION h()",
            rows: "INSERT INTO t VALUES (1, 'x'), (2, 'y')",
            query: "SELECT f(2), a FROM w",
            there: &["3 | 1", "3 | 2"],
            back: &["2 | 2"],
            ..EMPTY
        },
    ]);
}

#[test]
fn definitions() {
    check_all(&[
        Case {
            name: "what is only a definition comes and goes",
            common: "CREATE SCHEMA s; CREATE TABLE s.t (a integer, b integer, r int4range)",
            to: "CREATE DOMAIN s.d AS integer CHECK (VALUE > 0);
                 CREATE TYPE s.pair AS (a integer, b text);
                 CREATE POLICY \"the policy\" ON s.t FOR SELECT USING (a > 0);
                 CREATE RULE \"a rule\" AS ON UPDATE TO s.t DO NOTHING;
                 CREATE STATISTICS s.st (ndistinct) ON a, b FROM s.t;
                 ALTER TABLE s.t ADD CONSTRAINT ex EXCLUDE USING gist (r WITH &&)",
            ..EMPTY
        },
        Case {
            name: "what speaks of a column that changes its type",
            common: "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            from: "CREATE TABLE t (a integer, b integer);
                   CREATE POLICY p ON t USING (a > 0);
                   CREATE TRIGGER r BEFORE UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION f();
                   CREATE TRIGGER q BEFORE UPDATE OF b ON t FOR EACH ROW EXECUTE FUNCTION f()",
            to: "CREATE TABLE t (a bigint, b integer);
                 CREATE POLICY p ON t USING (a > 0);
                 CREATE TRIGGER r BEFORE UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION f();
                 CREATE TRIGGER q BEFORE UPDATE OF b ON t FOR EACH ROW EXECUTE FUNCTION f()",
            rows: "INSERT INTO t VALUES (1)",
            query: "SELECT a FROM t",
            there: &["1"],
            back: &["1"],
        },
    ]);
}

#[test]
fn what_belongs_to_a_view_stays() {
    let views = "CREATE VIEW v AS SELECT a, b FROM t;
        CREATE MATERIALIZED VIEW m AS SELECT a FROM v WITH NO DATA;
        CREATE UNIQUE INDEX i ON m (a);
        ALTER VIEW v ALTER b SET DEFAULT 7; ALTER VIEW v OWNER TO pg_monitor;
        COMMENT ON VIEW v IS 'the view'; COMMENT ON COLUMN m.a IS 'a column';
        GRANT SELECT ON v TO PUBLIC; GRANT UPDATE (b), INSERT ON v TO pg_monitor;
        GRANT SELECT ON m TO pg_read_all_stats WITH GRANT OPTION";
    let from = format!("CREATE TABLE t (a varchar(5), b integer); {views}");
    let to = format!("CREATE TABLE t (a text, b integer); {views}");
    let facts = "SELECT relname, pg_get_userbyid(relowner), relispopulated, (
            SELECT string_agg(concat_ws(' ', g, t, k), ', ' ORDER BY 1) FROM (
                SELECT pg_get_userbyid(nullif(grantee, 0)) g, privilege_type t, is_grantable k
                FROM aclexplode(relacl)) AS x), (
            SELECT string_agg(format('%s %s', attname, attacl), ', ')
            FROM pg_attribute WHERE attrelid = c.oid AND attacl IS NOT NULL)
        FROM pg_class c WHERE relname IN ('v', 'm')";
    for server in Server::every_postgres() {
        let mut here = Here::new(&server, &from);
        let mut other = Here::new(&server, &to);
        let (portrait, granted) = (other.portrait(), here.database.query(facts));
        let operations = diff(&here.schema(), &other.schema());
        here.run(&operations).unwrap();
        assert_eq!(here.portrait(), portrait);
        assert_eq!(here.database.query(facts), granted);
    }
}

#[test]
fn enums() {
    let common = "CREATE TABLE k (id integer PRIMARY KEY)";
    check_all(&[
        Case {
            name: "values come, and go again",
            common,
            from:
                "CREATE TYPE mood AS ENUM ('b', 'd');
                   CREATE TABLE t (id integer, m mood DEFAULT 'b' NOT NULL, l mood[] DEFAULT '{b}')",
            to: "CREATE TYPE mood AS ENUM ('a', 'b', 'c', 'd', 'e');
                 CREATE TABLE t (id integer, m mood DEFAULT 'b' NOT NULL, l mood[] DEFAULT '{b}')",
            rows: "INSERT INTO t VALUES (1, 'd', '{b,d}')",
            query: "SELECT * FROM t",
            there: &["1 | d | {b,d}"],
            back: &["1 | d | {b,d}"],
        },
        Case {
            name: "what compares with the old type",
            common,
            from: "CREATE TYPE mood AS ENUM ('a', 'b', 'c');
                   CREATE FUNCTION f(m mood) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''x''';
                   CREATE TABLE t (m mood PRIMARY KEY, n mood, CONSTRAINT c CHECK (m <> 'c'),
                       g boolean GENERATED ALWAYS AS (m = 'a'::mood) STORED);
                   CREATE TABLE u (m mood, CONSTRAINT f FOREIGN KEY (m) REFERENCES t (m));
                   CREATE INDEX i ON t (n) WHERE m = 'b'; CREATE INDEX j ON t ((n = 'a'::mood));
                   CREATE VIEW v AS SELECT f(m) FROM t WHERE n = 'a'",
            to: "CREATE TYPE mood AS ENUM ('c', 'b', 'a');
                 CREATE FUNCTION f(m mood) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''x''';
                 CREATE TABLE t (m mood PRIMARY KEY, n mood, CONSTRAINT c CHECK (m <> 'c'),
                     g boolean GENERATED ALWAYS AS (m = 'a'::mood) STORED);
                 CREATE TABLE u (m mood, CONSTRAINT f FOREIGN KEY (m) REFERENCES t (m));
                 CREATE INDEX i ON t (n) WHERE m = 'b'; CREATE INDEX j ON t ((n = 'a'::mood));
                 CREATE VIEW v AS SELECT f(m) FROM t WHERE n = 'a'",
            rows: "INSERT INTO t VALUES ('a', 'a'), ('b', 'c'); INSERT INTO u VALUES ('a')",
            query: "SELECT m, n, g FROM t ORDER BY m",
            there: &["b | c | f", "a | a | t"],
            back: &["a | a | t", "b | c | f"],
        },
    ]);
}

fn name(text: &str) -> Name {
    text.parse().unwrap()
}

fn alter(table: &str, changes: Vec<TableChange>) -> Operation {
    Operation::AlterTable { table: name(table), changes }
}

fn column(name: &str, ty: &str) -> Column {
    Column::new(name, ty.parse().unwrap())
}

#[test]
fn rows_come_in() {
    let row = |values: &[(&str, Literal)]| -> Vec<(String, Value)> {
        let pair = |(name, it): &(&str, Literal)| ((*name).to_owned(), Value::Literal(it.clone()));
        values.iter().map(pair).collect()
    };
    let insert = |rows| Operation::Insert { table: name("app.\"odd one\""), rows };
    let number = Literal::Integer;
    for server in Server::every_postgres() {
        let mut here = Here::new(
            &server,
            "CREATE SCHEMA app; CREATE TABLE app.\"odd one\" (
                 id integer GENERATED ALWAYS AS IDENTITY, \"N\" smallserial, a integer, b boolean,
                 c bytea, d double precision, e text)",
        );
        let many = (0..1200).map(|at| row(&[("a", number(at))])).collect();
        here.run(&[
            insert(vec![row(&[
                ("id", number(70)),
                ("N", number(5)),
                ("a", number(9)),
                ("b", Literal::Boolean(true)),
            ])]),
            insert(vec![
                row(&[
                    ("c", Literal::Text("\\x00ff".to_owned())),
                    ("d", Literal::Float(1e300)),
                    ("e", Literal::Text("it's \\n".to_owned())),
                ]),
                row(&[]),
                // Nothing goes back.
                row(&[("id", number(2)), ("N", number(1))]),
            ]),
            insert(many),
        ])
        .unwrap();
        let query = "SELECT id, \"N\", a, b, c, d, e FROM app.\"odd one\" WHERE e IS NOT NULL OR a IS NULL OR b";
        assert_eq!(
            here.database.query(query),
            [
                "70 | 5 | 9 | t | NULL | NULL | NULL",
                "71 | 6 | NULL | NULL | \\x00ff | 1e+300 | it's \\n",
                "72 | 7 | NULL | NULL | NULL | NULL | NULL",
                "2 | 1 | NULL | NULL | NULL | NULL | NULL",
            ]
        );
        let fill = Operation::Fill {
            table: name("app.\"odd one\""),
            column: "e".to_owned(),
            value: Value::Expression(Sql::new("id || '/' || \"N\" -- both")),
        };
        here.run(&[fill]).unwrap();
        let query =
            "SELECT e, (SELECT count(*) FROM app.\"odd one\") FROM app.\"odd one\" WHERE a = 1199";
        assert_eq!(here.database.query(query), ["1272/1207 | 1204"]);
    }
}

#[test]
fn indexes_without_keeping_writers_out() {
    let options = Options::from([("postgres.concurrently".to_owned(), OptionValue::Boolean(true))]);
    let index = Index {
        name: "i".to_owned(),
        columns: vec![IndexColumn::new("a")],
        unique: true,
        options,
        ..Index::default()
    };
    for server in Server::every_postgres() {
        let mut here =
            Here::new(&server, "CREATE TABLE t (a integer); INSERT INTO t VALUES (1), (1)");
        let add = alter("t", vec![TableChange::AddIndex(index.clone())]);
        let failed = here.run(std::slice::from_ref(&add)).unwrap_err();
        assert_eq!(failed.lines().next(), Some("could not create unique index \"i\""));
        let valid = "SELECT indisvalid FROM pg_index WHERE indrelid = 't'::regclass";
        assert_eq!(here.database.query(valid), ["f"]);
        here.database.client().batch_execute("DELETE FROM t").unwrap();
        here.run(&[add]).unwrap();
        assert_eq!(here.database.query(valid), ["t"]);
        here.run(&[alter("t", vec![TableChange::DropIndex(index.clone())])]).unwrap();
        assert!(here.database.query(valid).is_empty());
    }
}

#[test]
fn names_change() {
    let rename = |from: &str, to: &str| Operation::RenameTable { from: name(from), to: name(to) };
    let column_to = |from: &str, to: &str| TableChange::RenameColumn {
        from: from.to_owned(),
        to: to.to_owned(),
    };
    for server in Server::every_postgres() {
        let mut here = Here::new(
            &server,
            "CREATE SCHEMA \"S s\"; CREATE TABLE t (a varchar(3)); INSERT INTO t VALUES ('x');
             CREATE VIEW v AS SELECT t.a AS out FROM t",
        );
        let begun = here.portrait();
        let retype =
            TableChange::AlterColumn { from: column("b", "string(3)"), to: column("b", "text") };
        let operations = [
            rename("t", "\"S s.u\""),
            rename("\"S s.u\"", "S s.w"),
            alter("S s.w", vec![column_to("a", "b"), retype]),
        ];
        here.run(&operations).unwrap();
        assert_eq!(here.database.query("SELECT out, b FROM v, \"S s\".w"), ["x | x"]);
        here.run(&limbeck::operation::reverse(&operations).unwrap()).unwrap();
        assert_eq!(here.portrait(), begun);
        assert_eq!(here.database.query("SELECT * FROM v"), ["x"]);
    }
}

#[test]
fn views_are_replaced_under_others() {
    let view = |sql: &str| {
        let (name, options) = (Name::new("v"), Options::new());
        Object::View(View { name, materialized: false, definition: Sql::new(sql), options })
    };
    for server in Server::every_postgres() {
        let mut here = Here::new(
            &server,
            "CREATE TABLE t (a integer, b integer); INSERT INTO t VALUES (1, 2);
             CREATE VIEW v AS SELECT a, b FROM t; CREATE MATERIALIZED VIEW m AS SELECT a FROM v;
             CREATE INDEX i ON m (a); CREATE VIEW w AS SELECT a FROM m;
             COMMENT ON COLUMN v.b IS 'gone'; COMMENT ON COLUMN v.a IS 'kept'",
        );
        let to = view("SELECT a + 1 AS a FROM t");
        let op = Operation::Replace { from: view("SELECT t.a, t.b FROM t"), to };
        here.run(std::slice::from_ref(&op)).unwrap();
        let query = "SELECT a, col_description('v'::regclass, 1), to_regclass('i') FROM w";
        assert_eq!(here.database.query(query), ["2 | kept | i"]);
        here.run(&[op.reverse().unwrap()]).unwrap();
        assert_eq!(here.database.query(query), ["1 | kept | i"]);
    }
}

#[test]
fn constraints_without_names_and_with_time() {
    let checked = Check { expression: Sql::new("a > 0"), ..Check::default() };
    let keys = |column: &str| vec![column.to_owned()];
    let key = ForeignKey { columns: keys("b"), table: Name::new("p"), ..ForeignKey::default() };
    let later =
        Options::from([("postgres.validate_afterwards".to_owned(), OptionValue::Boolean(true))]);
    let unique = Unique { columns: keys("b"), ..Unique::default() };
    let primary = PrimaryKey { columns: keys("a"), ..PrimaryKey::default() };
    for server in Server::every_postgres() {
        let mut here = Here::new(
            &server,
            "CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE t (a integer NOT NULL, b integer)",
        );
        let begun = here.portrait();
        let live = here.schema();
        let later =
            ForeignKey { name: Some("later".to_owned()), options: later.clone(), ..key.clone() };
        let changes = vec![
            TableChange::AddPrimaryKey(primary.clone()),
            TableChange::AddUnique(unique.clone()),
            TableChange::AddForeignKey(key.clone()),
            TableChange::AddForeignKey(later),
        ];
        let op = alter("t", changes);
        here.run(std::slice::from_ref(&op)).unwrap();
        assert_ne!(here.schema(), live);
        here.run(&[op.reverse().unwrap()]).unwrap();
        assert_eq!(here.portrait(), begun);
        let error = here.run(&[alter("t", vec![TableChange::DropCheck(checked.clone())])]);
        assert_eq!(
            error.unwrap_err().lines().next(),
            Some("PostgreSQL drops a check by its name, and this one has none")
        );
    }
}

#[test]
fn values_of_an_enum_in_use() {
    let mood = |values: &[&str]| Enum {
        name: Name::new("mood"),
        values: values.iter().map(|it| (*it).to_owned()).collect(),
    };
    let renamed = vec![("a".to_owned(), "b".to_owned()), ("b".to_owned(), "a".to_owned())];
    for server in Server::every_postgres() {
        let mut here = Here::new(
            &server,
            "CREATE TYPE mood AS ENUM ('a', 'b', 'c');
             CREATE TABLE t (m mood DEFAULT 'a', l mood[]); INSERT INTO t VALUES ('a', '{b,c}')",
        );
        let begun = here.portrait();
        let gone = Operation::AlterEnum {
            from: mood(&["a", "b", "c"]),
            to: mood(&["a", "b"]),
            renamed: vec![],
        };
        assert_eq!(
            here.run(&[gone]).unwrap_err().lines().next(),
            Some("rows of `t.l` still hold what the enum `mood` loses: `c`: [Some(\"c\")]")
        );
        assert_eq!(here.portrait(), begun);
        let swapped = Operation::AlterEnum {
            from: mood(&["a", "b", "c"]),
            to: mood(&["a", "b", "c"]),
            renamed: renamed.clone(),
        };
        here.run(std::slice::from_ref(&swapped)).unwrap();
        assert_eq!(here.database.query("SELECT * FROM t"), ["b | {a,c}"]);
        here.run(&[swapped.reverse().unwrap()]).unwrap();
        assert_eq!(here.portrait(), begun);
        assert_eq!(here.database.query("SELECT * FROM t"), ["a | {b,c}"]);
    }
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
