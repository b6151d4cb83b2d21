-- case: whole numbers get wider
-- before
CREATE TABLE t (id smallint PRIMARY KEY, a smallint, b integer NOT NULL DEFAULT 5, c integer);
CREATE INDEX t_c ON t (c);
-- rows
INSERT INTO t VALUES (1, 2, 3, 4);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer, b bigint NOT NULL DEFAULT 5, c bigint);
CREATE INDEX t_c ON t (c);

-- case: whole numbers get narrower
-- before
CREATE TABLE t (id bigint PRIMARY KEY, a integer, b bigint NOT NULL DEFAULT 5);
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a smallint, b integer NOT NULL DEFAULT 5);

-- case: texts get longer
-- before
CREATE TABLE t (id integer PRIMARY KEY, a varchar(10) DEFAULT 'a', b char(3), c varchar(5));
-- rows
INSERT INTO t VALUES (1, 'ten', 'abc', 'five');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20) DEFAULT 'a', b char(5), c text);

-- case: texts get shorter
-- before
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20) DEFAULT 'a', b text, c text);
-- rows
INSERT INTO t VALUES (1, 'ten', 'abc', 'five');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a varchar(10) DEFAULT 'a', b char(3), c varchar);

-- case: a number becomes a text
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 3, b numeric(6, 2), c boolean);
-- rows
INSERT INTO t VALUES (1, 5, 1.50, true);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL DEFAULT '3', b varchar(20), c text);

-- case: a text becomes a number
-- before
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL DEFAULT '3', b varchar(20), c text);
-- rows
INSERT INTO t VALUES (1, '5', '1.50', 'true');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 3, b numeric(6, 2), c boolean);

-- case: precision and scale
-- changes: t.a, t.c, t.d
-- loses: t.c
-- before
CREATE TABLE t (id integer PRIMARY KEY, a numeric(10, 2), b numeric(10, 2), c numeric, d real, e double precision);
-- rows
INSERT INTO t VALUES (1, 1.25, 2.5, 3.125, 1.5, 2.5);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a numeric(12, 4), b numeric, c numeric(8, 1), d double precision, e real);

-- case: whole numbers and others
-- changes: t.a
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, b numeric(8), c double precision);
-- rows
INSERT INTO t VALUES (1, 1, 2, 3);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a numeric(8, 2), b integer, c bigint);

-- case: booleans and whole numbers
-- changes: t.a, t.b
-- before
CREATE TABLE t (id integer PRIMARY KEY, a boolean NOT NULL DEFAULT false, b integer DEFAULT 1);
-- rows
INSERT INTO t VALUES (1, true, 0);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 0, b boolean DEFAULT true);

-- case: times with and without a zone
-- changes: t.a, t.b, t.c, t.d
-- before
CREATE TABLE t (id integer PRIMARY KEY, a timestamp, b timestamptz, c time, d date);
-- rows
INSERT INTO t VALUES (1, '2026-01-31 07:30', '2026-01-31 07:30+00', '07:30', '2026-01-31');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a timestamptz, b timestamp, c timetz, d timestamp);

-- case: the precision of times
-- loses: t.a, t.d
-- changes: t.a, t.d
-- before
CREATE TABLE t (id integer PRIMARY KEY, a timestamp, b timestamp(3), c timestamptz(0), d time(6), e interval);
-- rows
INSERT INTO t VALUES (1, '2026-01-31 07:30:00.123456', '2026-01-31 07:30:00.123', '2026-01-31 07:30:00+00', '07:30:00.5', '1 day');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a timestamp(0), b timestamp(6), c timestamptz, d time(0), e interval(3));

-- case: a text becomes a date
-- before
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
-- rows
INSERT INTO t VALUES (1, '2026-01-31', '2026-01-31 07:30:00');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a date, b timestamp);

-- case: a number of seconds becomes a time
-- changes: t.a
-- before
CREATE TABLE t (id integer PRIMARY KEY, a date);
-- rows
INSERT INTO t VALUES (1, '2026-01-31');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a timestamptz NOT NULL);

-- case: json gets binary
-- changes: t.a, t.b
-- loses: t.a
-- before
CREATE TABLE t (id integer PRIMARY KEY, a json DEFAULT '{}', b jsonb NOT NULL, c text);
-- rows
INSERT INTO t VALUES (1, '{"a":1}', '{"b":2}', '[1, 2]');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a jsonb DEFAULT '{}', b json NOT NULL, c jsonb);

-- case: a text becomes a uuid
-- before
CREATE TABLE t (id varchar(36) PRIMARY KEY, a uuid);
-- rows
INSERT INTO t VALUES ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000002');
-- after
CREATE TABLE t (id uuid PRIMARY KEY, a text);

-- case: a column becomes an array
-- changes: t.a, t.b
-- before
CREATE TABLE t (id integer PRIMARY KEY, a text[], b integer[] DEFAULT '{}');
-- rows
INSERT INTO t VALUES (1, '{1,2}', '{3}');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer[], b bigint[] DEFAULT '{1,2}');

-- case: types that only PostgreSQL has
-- before
CREATE TABLE t (id integer PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a inet, b cidr, c macaddr, d point, e int4range, f tstzrange, g tsvector, h bit(8), i bit varying(16), j money, k xml, l box, m pg_lsn, n oid, o regclass, p name, q "char", r jsonpath, s nummultirange);

-- case: types that only PostgreSQL has go
-- before
CREATE TABLE t (id integer PRIMARY KEY, a inet DEFAULT '10.0.0.1', b cidr, c macaddr, d point DEFAULT '(1,2)', e int4range DEFAULT '[1,5)', f tstzrange, g tsvector, h bit(8) DEFAULT B'10101010', i bit varying(16), k xml, q "char" DEFAULT 'a');
-- rows
INSERT INTO t (id) VALUES (1);
-- after
CREATE TABLE t (id integer PRIMARY KEY);

-- case: an address becomes a text
-- changes: t.a
-- loses: t.a
-- before
CREATE TABLE t (id integer PRIMARY KEY, a inet, b text);
-- rows
INSERT INTO t VALUES (1, '10.0.0.1', '10.0.0.0/8');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a text, b cidr);

-- case: a type changes under a default, a check, an index and a foreign key
-- before
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE t (id integer PRIMARY KEY, parent_id integer NOT NULL DEFAULT 1 REFERENCES parent ON DELETE CASCADE CHECK (parent_id > 0));
CREATE INDEX t_parent ON t (parent_id) WHERE parent_id < 1000;
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO t VALUES (1, 1);
-- after
CREATE TABLE parent (id bigint PRIMARY KEY);
CREATE TABLE t (id integer PRIMARY KEY, parent_id bigint NOT NULL DEFAULT 1 REFERENCES parent ON DELETE CASCADE CHECK (parent_id > 0));
CREATE INDEX t_parent ON t (parent_id) WHERE parent_id < 1000;

-- case: a key and what refers to it become texts
-- before
CREATE TABLE parent (id integer PRIMARY KEY, n text);
CREATE TABLE child (id integer PRIMARY KEY, parent_id integer NOT NULL REFERENCES parent);
-- rows
INSERT INTO parent VALUES (1, 'x');
INSERT INTO child VALUES (1, 1);
-- after
CREATE TABLE parent (id text PRIMARY KEY, n text);
CREATE TABLE child (id integer PRIMARY KEY, parent_id text NOT NULL REFERENCES parent);

-- case: a type changes under a view
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text);
CREATE VIEW v AS SELECT id, a FROM t WHERE a > 0;
CREATE VIEW w AS SELECT a + 1 AS more FROM v;
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a bigint, b text);
CREATE VIEW v AS SELECT id, a FROM t WHERE a > 0;
CREATE VIEW w AS SELECT a + 1 AS more FROM v;

-- case: a type changes under a trigger and a policy
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER watch BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION noop();
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON t USING (a > 0);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a bigint);
CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER watch BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION noop();
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON t USING (a > 0);

-- case: bytes and texts
-- before
CREATE TABLE t (id integer PRIMARY KEY, a bytea, b text);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a text, b bytea);
