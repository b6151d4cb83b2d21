-- case: an enum comes
-- before
CREATE TABLE t (id integer PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE TYPE mood AS ENUM ('sad', 'it''s fine', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'sad', n mood[] DEFAULT '{sad}');

-- case: an enum goes
-- before
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'sad');
-- rows
INSERT INTO t VALUES (1, 'happy');
-- after
CREATE TABLE t (id integer PRIMARY KEY);

-- case: an enum becomes a text, and a text an enum
-- before
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, a mood NOT NULL DEFAULT 'sad', b text DEFAULT 'happy');
-- rows
INSERT INTO t VALUES (1, 'happy', 'sad');
-- after
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL DEFAULT 'sad', b mood DEFAULT 'happy');

-- case: an enum with its last column becomes a text
-- before
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, a mood NOT NULL DEFAULT 'sad');
CREATE INDEX t_a ON t (a) WHERE a = 'sad';
-- rows
INSERT INTO t VALUES (1, 'happy');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL DEFAULT 'sad');
CREATE INDEX t_a ON t (a) WHERE a = 'sad';

-- case: values of an enum come
-- before
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'sad');
CREATE INDEX t_m ON t (m) WHERE m = 'sad';
-- rows
INSERT INTO t VALUES (1, 'happy');
-- after
CREATE TYPE mood AS ENUM ('awful', 'sad', 'so so', 'happy', 'great');
CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'sad');
CREATE INDEX t_m ON t (m) WHERE m = 'sad';

-- case: a new value of an enum is used at once
-- limit: New enum values must be committed before they can be used
-- before
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'sad');
-- rows
INSERT INTO t VALUES (1, 'happy');
-- after
CREATE TYPE mood AS ENUM ('sad', 'happy', 'new');
CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'new', n mood CHECK (n <> 'new'));
CREATE INDEX t_m ON t (m) WHERE m = 'new';

-- case: values of an enum go
-- before
CREATE TYPE mood AS ENUM ('awful', 'sad', 'so so', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'sad', n mood[] DEFAULT '{happy}');
CREATE VIEW v AS SELECT m FROM t;
-- rows
INSERT INTO t VALUES (1, 'happy', '{sad}');
-- after
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'sad', n mood[] DEFAULT '{happy}');
CREATE VIEW v AS SELECT m FROM t;

-- case: values of an enum change their order
-- before
CREATE TYPE mood AS ENUM ('happy', 'sad');
CREATE TABLE t (id integer PRIMARY KEY, m mood);
CREATE INDEX t_m ON t (m);
-- rows
INSERT INTO t VALUES (1, 'happy'), (2, 'sad');
-- after
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, m mood);
CREATE INDEX t_m ON t (m);

-- case: an enum of several tables, a function and a domain changes
-- before
CREATE TYPE mood AS ENUM ('sad', 'happy', 'gone');
CREATE TABLE t (id integer PRIMARY KEY, m mood DEFAULT 'sad');
CREATE TABLE u (id integer PRIMARY KEY, m mood CHECK (m <> 'sad'));
CREATE FUNCTION cheer(m mood) RETURNS mood LANGUAGE sql AS $$ SELECT 'happy'::mood $$;
-- rows
INSERT INTO t VALUES (1, 'happy');
INSERT INTO u VALUES (1, 'happy');
-- after
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, m mood DEFAULT 'sad');
CREATE TABLE u (id integer PRIMARY KEY, m mood CHECK (m <> 'sad'));
CREATE FUNCTION cheer(m mood) RETURNS mood LANGUAGE sql AS $$ SELECT 'happy'::mood $$;

-- case: domains
-- before
CREATE DOMAIN gone AS integer;
CREATE DOMAIN email AS text CHECK (VALUE ~ '@');
CREATE TABLE t (id integer PRIMARY KEY, e email);
-- rows
INSERT INTO t VALUES (1, 'a@b');
-- after
CREATE DOMAIN email AS text CHECK (VALUE ~ '.@.');
CREATE DOMAIN fresh AS numeric(10, 2) NOT NULL DEFAULT 0 CONSTRAINT positive CHECK (VALUE >= 0);
CREATE TABLE t (id integer PRIMARY KEY, e email, f fresh);

-- case: a domain gets a default and a comment
-- limit: -comment type public.email where letters go
-- before
CREATE DOMAIN email AS text;
CREATE TABLE t (id integer PRIMARY KEY, e email);
-- rows
INSERT INTO t VALUES (1, 'a@b');
-- after
CREATE DOMAIN email AS text DEFAULT 'nobody@example.org';
COMMENT ON DOMAIN email IS 'where letters go';
CREATE TABLE t (id integer PRIMARY KEY, e email);

-- case: composite types
-- before
CREATE TYPE gone AS (a integer);
CREATE TYPE place AS (street text, city text);
CREATE TABLE t (id integer PRIMARY KEY, p place);
-- rows
INSERT INTO t VALUES (1, ('a', 'b'));
-- after
CREATE TYPE place AS (street text, city text);
CREATE TYPE fresh AS (x integer, y numeric(4, 2)[]);
CREATE TABLE t (id integer PRIMARY KEY, p place, q fresh);

-- case: a composite type changes that no table uses
-- before
CREATE TYPE place AS (street text, city text);
-- after
CREATE TYPE place AS (street text, city varchar(40), zip text);

-- case: a composite type changes that a table uses
-- limit: cannot drop type place because other objects depend on it
-- before
CREATE TYPE place AS (street text, city text);
CREATE TABLE t (id integer PRIMARY KEY, p place);
-- rows
INSERT INTO t VALUES (1, ('a', 'b'));
-- after
CREATE TYPE place AS (street text, city text, zip text);
CREATE TABLE t (id integer PRIMARY KEY, p place);

-- case: range types
-- before
CREATE TABLE t (id integer PRIMARY KEY);
-- after
CREATE TYPE span AS RANGE (subtype = float8);
CREATE TABLE t (id integer PRIMARY KEY, s span);

-- case: sequences
-- before
CREATE SEQUENCE gone;
CREATE SEQUENCE other START 5;
-- after
CREATE SEQUENCE other AS integer START 5 INCREMENT 2 MINVALUE 1 MAXVALUE 1000 CACHE 10 CYCLE;
CREATE SEQUENCE fresh INCREMENT -1;

-- case: a sequence counts as usual again
-- before
CREATE SEQUENCE s AS integer START 5 INCREMENT 2 MINVALUE 1 MAXVALUE 1000 CACHE 10 CYCLE;
-- after
CREATE SEQUENCE s;

-- case: an identity column counts as usual again
-- before
CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY (START 10 INCREMENT 5 CACHE 3 CYCLE) PRIMARY KEY);
-- after
CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY);

-- case: a sequence belongs to a column
-- limit: +column t.id integer t nextval't_id_seq'::regclass
-- before
CREATE SEQUENCE s;
CREATE TABLE t (id integer PRIMARY KEY DEFAULT nextval('s'));
-- rows
INSERT INTO t DEFAULT VALUES;
-- after
CREATE SEQUENCE s;
CREATE TABLE t (id integer PRIMARY KEY DEFAULT nextval('s'));
ALTER SEQUENCE s OWNED BY t.id;

-- case: views come
-- limit: -comment view public.v of t
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a * 2 AS twice FROM t WHERE a > 0;
CREATE VIEW a_view_of_views AS SELECT v.id, w.n FROM v CROSS JOIN (SELECT count(*) AS n FROM v) AS w;
CREATE VIEW checked AS SELECT * FROM t WHERE a > 0 WITH LOCAL CHECK OPTION;
CREATE VIEW barred WITH (security_barrier) AS SELECT id FROM t;
CREATE MATERIALIZED VIEW m AS SELECT sum(a) AS s FROM t;
CREATE MATERIALIZED VIEW empty AS SELECT * FROM m WITH NO DATA;
COMMENT ON VIEW v IS 'of t';
COMMENT ON COLUMN v.twice IS 'two times a';

-- case: views go
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a * 2 AS twice FROM t WHERE a > 0;
CREATE VIEW w AS SELECT * FROM v;
CREATE MATERIALIZED VIEW m AS SELECT sum(a) AS s FROM t;
CREATE MATERIALIZED VIEW n AS SELECT * FROM m;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer);

-- case: a view gets another condition
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a FROM t WHERE a > 0;
CREATE VIEW w AS SELECT id FROM v;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a FROM t WHERE a > 5;
CREATE VIEW w AS SELECT id FROM v;

-- case: a view gets other columns
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE VIEW w AS SELECT id FROM v;
CREATE MATERIALIZED VIEW m AS SELECT count(*) AS n FROM w;
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text);
CREATE VIEW v AS SELECT b, id FROM t;
CREATE VIEW w AS SELECT id FROM v;
CREATE MATERIALIZED VIEW m AS SELECT count(*) AS n FROM w;

-- case: a view follows a column that is added
-- before
CREATE TABLE t (id integer PRIMARY KEY);
CREATE VIEW v AS SELECT * FROM t;
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT * FROM t;

-- case: a view lets go of a column that is dropped
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE VIEW w AS SELECT * FROM v;
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- after
CREATE TABLE t (id integer PRIMARY KEY, b integer);
CREATE VIEW v AS SELECT id FROM t;
CREATE VIEW w AS SELECT * FROM v;

-- case: a view becomes a materialized one
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT a FROM t;
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE MATERIALIZED VIEW v AS SELECT a FROM t;
CREATE VIEW m AS SELECT a FROM t;

-- case: a table becomes a view, and a view a table
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TABLE x (id integer);
CREATE VIEW y AS SELECT id FROM t;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW x AS SELECT id FROM t;
CREATE TABLE y (id integer);

-- case: options of views
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id FROM t;
CREATE VIEW w WITH (security_barrier) AS SELECT id FROM t;
CREATE VIEW x AS SELECT id FROM t WHERE a > 0 WITH CASCADED CHECK OPTION;
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v WITH (security_invoker = true) AS SELECT id FROM t;
CREATE VIEW w AS SELECT id FROM t;
CREATE VIEW x AS SELECT id FROM t WHERE a > 0;

-- case: a recursive view and one with windows
-- before
CREATE TABLE t (id integer PRIMARY KEY, up integer);
-- after
CREATE TABLE t (id integer PRIMARY KEY, up integer);
CREATE RECURSIVE VIEW tree (id, depth) AS SELECT id, 0 FROM t WHERE up IS NULL UNION ALL SELECT t.id, tree.depth + 1 FROM t JOIN tree ON t.up = tree.id;
CREATE VIEW ranked AS SELECT id, row_number() OVER (PARTITION BY up ORDER BY id DESC) AS n, string_agg(id::text, ', ') FILTER (WHERE id > 1) OVER () AS s FROM t;

-- case: a view needs a new column of a new type
-- before
CREATE TABLE t (id integer PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM t;
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE TYPE kind AS ENUM ('a', 'b');
CREATE TABLE t (id integer PRIMARY KEY, k kind NOT NULL DEFAULT 'a');
CREATE FUNCTION label(k kind) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'kind ' || k::text $$;
CREATE VIEW v AS SELECT id, label(k) AS label FROM t;

-- case: functions come
-- limit: -comment function public.addinteger,integer adds
-- before
CREATE TABLE t (id integer PRIMARY KEY);
-- after
CREATE TABLE t (id integer PRIMARY KEY);
CREATE FUNCTION add(a integer, b integer DEFAULT 1) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5 AS $$ SELECT a + b $$;
CREATE FUNCTION add(a text, b text) RETURNS text LANGUAGE sql AS $$ SELECT a || b $$;
CREATE FUNCTION many(n integer) RETURNS SETOF t LANGUAGE sql STABLE ROWS 10 AS $$ SELECT * FROM t LIMIT n $$;
CREATE FUNCTION pair(OUT x integer, OUT y text) LANGUAGE plpgsql AS $$ BEGIN x := 1; y := 'a;b'; END $$;
CREATE FUNCTION safe() RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$ SELECT 1 $$;
CREATE FUNCTION atomic(n integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT n + 1; END;
CREATE FUNCTION rows_of() RETURNS TABLE (a integer, b text) LANGUAGE sql AS $$ SELECT 1, 'x' $$;
CREATE FUNCTION all_of(VARIADIC n integer[]) RETURNS bigint LANGUAGE sql AS $$ SELECT sum(it) FROM unnest(n) AS it $$;
CREATE PROCEDURE go(n integer) LANGUAGE plpgsql AS $$ BEGIN INSERT INTO t VALUES (n); COMMIT; END $$;
COMMENT ON FUNCTION add(integer, integer) IS 'adds';

-- case: functions go
-- before
CREATE FUNCTION add(a integer, b integer DEFAULT 1) RETURNS integer LANGUAGE sql AS $$ SELECT a + b $$;
CREATE FUNCTION add(a text, b text) RETURNS text LANGUAGE sql AS $$ SELECT a || b $$;
CREATE PROCEDURE go(n integer) LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
-- after
CREATE FUNCTION add(a text, b text) RETURNS text LANGUAGE sql AS $$ SELECT a || b $$;

-- case: the body of a function changes
-- before
CREATE FUNCTION add(a integer, b integer) RETURNS integer LANGUAGE sql AS $$ SELECT a + b $$;
CREATE PROCEDURE go(n integer) LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
CREATE VIEW v AS SELECT add(1, 2) AS three;
-- after
CREATE FUNCTION add(a integer, b integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN a + b; END $$;
CREATE PROCEDURE go(n integer) LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'x'; END $$;
CREATE VIEW v AS SELECT add(1, 2) AS three;

-- case: what a function returns changes
-- limit: cannot drop function f(integer) because other objects depend on it
-- before
CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS $$ SELECT a $$;
CREATE FUNCTION g() RETURNS TABLE (x integer) LANGUAGE sql AS $$ SELECT 1 $$;
CREATE VIEW v AS SELECT f(1) AS one;
-- after
CREATE FUNCTION f(a integer) RETURNS bigint LANGUAGE sql AS $$ SELECT a::bigint $$;
CREATE FUNCTION g() RETURNS TABLE (x integer, y text) LANGUAGE sql AS $$ SELECT 1, 'a' $$;
CREATE VIEW v AS SELECT f(1) AS one;

-- case: the names and defaults of arguments change
-- before
CREATE FUNCTION f(a integer, b integer DEFAULT 1) RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;
-- after
CREATE FUNCTION f(x integer, y integer) RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;

-- case: functions that call each other
-- before
CREATE TABLE t (id integer PRIMARY KEY);
-- after
CREATE TABLE t (id integer PRIMARY KEY);
CREATE FUNCTION b(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n $$;
CREATE FUNCTION a(n integer) RETURNS integer LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT b(n); END;
CREATE VIEW v AS SELECT a(id) AS x FROM t;
CREATE FUNCTION c(it v) RETURNS integer LANGUAGE sql AS $$ SELECT it.x $$;

-- case: aggregates
-- limit: -aggregate freshinteger
-- before
CREATE AGGREGATE gone (integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
-- after
CREATE AGGREGATE fresh (integer) (SFUNC = int4mul, STYPE = integer, INITCOND = '1');

-- case: triggers come
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id FROM t;
CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER b_row BEFORE INSERT OR UPDATE OF a ON t FOR EACH ROW WHEN (NEW.a IS NOT NULL) EXECUTE FUNCTION noop('x', 'y''z');
CREATE TRIGGER a_statement AFTER DELETE OR TRUNCATE ON t EXECUTE FUNCTION noop();
CREATE TRIGGER with_tables AFTER UPDATE ON t REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION noop();
CREATE TRIGGER of_view INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION noop();
CREATE CONSTRAINT TRIGGER later AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION noop();

-- case: triggers go
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER one BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION noop();
CREATE TRIGGER two AFTER DELETE ON t EXECUTE FUNCTION noop();
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer);

-- case: triggers change
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TABLE u (id integer PRIMARY KEY);
CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER one BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION noop();
CREATE TRIGGER two AFTER DELETE ON t EXECUTE FUNCTION noop();
CREATE TRIGGER three BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION noop();
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TABLE u (id integer PRIMARY KEY);
CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$;
CREATE TRIGGER one BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION noop();
CREATE TRIGGER two AFTER DELETE ON t FOR EACH ROW WHEN (OLD.a > 1) EXECUTE FUNCTION noop();
CREATE TRIGGER three BEFORE INSERT ON u FOR EACH ROW EXECUTE FUNCTION noop();

-- case: triggers that rest
-- limit: -trigger D CREATE TRIGGER one
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER one BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION noop();
CREATE TRIGGER two BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION noop();
ALTER TABLE t DISABLE TRIGGER two;
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER one BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION noop();
CREATE TRIGGER two BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION noop();
ALTER TABLE t DISABLE TRIGGER one;
ALTER TABLE t ENABLE ALWAYS TRIGGER two;

-- case: a trigger's function goes with its table
-- before
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE u (id integer PRIMARY KEY);
CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER one BEFORE INSERT ON u FOR EACH ROW EXECUTE FUNCTION noop();
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE TABLE t (id integer PRIMARY KEY);

-- case: an event trigger
-- before
CREATE TABLE t (id integer PRIMARY KEY);
-- after
CREATE TABLE t (id integer PRIMARY KEY);
CREATE FUNCTION hear() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
CREATE EVENT TRIGGER pairs_hear ON ddl_command_end WHEN TAG IN ('DROP FUNCTION') EXECUTE FUNCTION hear();

-- case: extensions come
-- before
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE EXTENSION citext;
CREATE EXTENSION pg_trgm;
CREATE TABLE t (id integer PRIMARY KEY, a citext);
CREATE INDEX t_a ON t USING gin ((a::text) gin_trgm_ops);

-- case: an extension goes
-- before
CREATE EXTENSION citext;
CREATE EXTENSION hstore;
CREATE TABLE t (id integer PRIMARY KEY, a citext, b hstore);
-- rows
INSERT INTO t VALUES (1, 'x', 'a=>1');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a text);

-- case: an extension in a schema of its own
-- before
CREATE TABLE t (id integer PRIMARY KEY);
-- after
CREATE SCHEMA ext;
CREATE EXTENSION citext SCHEMA ext;
CREATE TABLE t (id integer PRIMARY KEY, a ext.citext);

-- case: comments of everything
-- limit: -comment function public.noop nothing
-- before
CREATE TYPE k AS ENUM ('a');
CREATE SEQUENCE s;
CREATE TABLE t (id integer PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM t;
CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER one BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION noop();
-- after
CREATE TYPE k AS ENUM ('a');
CREATE SEQUENCE s;
CREATE TABLE t (id integer PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM t;
CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER one BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION noop();
COMMENT ON TYPE k IS 'kinds';
COMMENT ON SEQUENCE s IS 'numbers';
COMMENT ON VIEW v IS 'seen';
COMMENT ON FUNCTION noop() IS 'nothing';
COMMENT ON TRIGGER one ON t IS 'watches';
COMMENT ON CONSTRAINT t_pkey ON t IS 'the key';

-- case: a collation of one's own
-- limit: collation "plain" for encoding "UTF8" does not exist
-- before
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- after
CREATE COLLATION plain FROM "C";
CREATE TABLE t (id integer PRIMARY KEY, a text COLLATE plain);
