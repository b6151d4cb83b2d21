//! Objects beside tables.

use super::*;

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
