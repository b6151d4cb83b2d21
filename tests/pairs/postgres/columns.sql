-- case: a column is added
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, 2), (2, NULL);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text);

-- case: a column is added between others
-- before
CREATE TABLE t (id integer PRIMARY KEY, z integer);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a text, z integer);

-- case: a required column with a default is added
-- before
CREATE TABLE t (id integer PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1), (2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, state text NOT NULL DEFAULT 'new');

-- case: a required column without a default is added, and rows are given a value
-- fill: t.owner="nobody"
-- before
CREATE TABLE t (id integer PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1), (2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, owner varchar(40) NOT NULL);

-- case: a required column is added to an empty table
-- before
CREATE TABLE t (id integer PRIMARY KEY);
-- after
CREATE TABLE t (id integer PRIMARY KEY, owner varchar(40) NOT NULL);

-- case: several columns are added and dropped
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, c integer, keep text);
-- rows
INSERT INTO t VALUES (1, 2, 3, 4, 'kept');
-- after
CREATE TABLE t (id integer PRIMARY KEY, keep text, d date, e uuid, f jsonb DEFAULT '{}', g numeric(12, 2) DEFAULT 0);

-- case: a column is dropped
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 7, b text);
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- after
CREATE TABLE t (id integer PRIMARY KEY, b text);

-- case: a column goes with its index, its check, its unique constraint and its foreign key
-- before
CREATE TABLE other (id integer PRIMARY KEY);
CREATE TABLE t (id integer PRIMARY KEY, a integer CHECK (a > 0), b integer UNIQUE, c integer REFERENCES other, d integer, e integer, CHECK (d < e), UNIQUE (d, e));
CREATE INDEX t_a ON t (a);
CREATE INDEX t_de ON t (d, e);
-- rows
INSERT INTO other VALUES (1);
INSERT INTO t VALUES (1, 2, 3, 1, 5, 6);
-- after
CREATE TABLE other (id integer PRIMARY KEY);
CREATE TABLE t (id integer PRIMARY KEY, e integer);

-- case: a column is renamed
-- rename: t.mail=email
-- before
CREATE TABLE t (id integer PRIMARY KEY, mail text NOT NULL);
CREATE INDEX t_mail ON t (mail);
-- rows
INSERT INTO t VALUES (1, 'a@b.c');
-- after
CREATE TABLE t (id integer PRIMARY KEY, email text NOT NULL);
CREATE INDEX t_mail ON t (email);

-- case: a column is renamed and gets another type
-- rename: t.n=amount
-- before
CREATE TABLE t (id integer PRIMARY KEY, n integer);
-- rows
INSERT INTO t VALUES (1, 5);
-- after
CREATE TABLE t (id integer PRIMARY KEY, amount bigint NOT NULL DEFAULT 0);

-- case: a column is renamed that a check, a key and a view name
-- rename: t.a=b
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, CONSTRAINT positive CHECK (a > 0), CONSTRAINT once UNIQUE (a));
CREATE VIEW v AS SELECT a FROM t;
-- rows
INSERT INTO t VALUES (1, 5);
-- after
CREATE TABLE t (id integer PRIMARY KEY, b integer, CONSTRAINT positive CHECK (b > 0), CONSTRAINT once UNIQUE (b));
CREATE VIEW v AS SELECT b AS a FROM t;

-- case: two columns swap their types
-- changes: t.a, t.b
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text);
-- rows
INSERT INTO t VALUES (1, 5, '6');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a text, b integer);

-- case: a column gets to be required
-- before
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL);

-- case: a column gets to be required, and rows are given a value
-- fill: t.a="none"
-- changes: t.a
-- loses: t.a
-- before
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, 'x'), (2, NULL);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL);

-- case: a column need not have a value any more
-- before
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL, b integer NOT NULL DEFAULT 3);
-- rows
INSERT INTO t VALUES (1, 'x', 4);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a text, b integer DEFAULT 3);

-- case: defaults come
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c boolean, d timestamp, e numeric(6, 2), f text[], g jsonb, h date, i uuid, j bytea, k interval);
-- rows
INSERT INTO t (id) VALUES (1);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer DEFAULT 1, b text DEFAULT 'it''s', c boolean DEFAULT true, d timestamp DEFAULT now(), e numeric(6, 2) DEFAULT 1.50, f text[] DEFAULT '{}', g jsonb DEFAULT '{"a": [1, 2]}', h date DEFAULT '2026-01-31', i uuid DEFAULT gen_random_uuid(), j bytea DEFAULT '\xdead', k interval DEFAULT '1 day 02:00');

-- case: defaults go
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer DEFAULT 1, b text DEFAULT 'it''s', c boolean DEFAULT true, d timestamp DEFAULT now(), e numeric(6, 2) DEFAULT 1.50, f text[] DEFAULT '{}', g jsonb DEFAULT '{"a": [1, 2]}');
-- rows
INSERT INTO t (id) VALUES (1);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c boolean, d timestamp, e numeric(6, 2), f text[], g jsonb);

-- case: defaults change
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer DEFAULT 1, b text DEFAULT 'old', c boolean DEFAULT true, d timestamp DEFAULT now(), e numeric DEFAULT 1.50, f text DEFAULT 'now()', g integer DEFAULT -1, h varchar(10) DEFAULT '');
-- rows
INSERT INTO t (id) VALUES (1);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer DEFAULT 2, b text DEFAULT 'new', c boolean DEFAULT false, d timestamp DEFAULT (now() AT TIME ZONE 'utc'), e numeric DEFAULT 2.5, f text DEFAULT upper('x'), g integer DEFAULT -2147483648, h varchar(10) DEFAULT 'NULL');

-- case: a default of words that need care
-- before
CREATE TABLE t (id integer PRIMARY KEY, a text, b text, c text, d text, e text);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT E'two\nlines', b text DEFAULT 'back\slash', c text DEFAULT '"quoted"', d text DEFAULT '%s :x ?1 $1', e text DEFAULT '日本語 ünï');

-- case: a default that calls a function
-- before
CREATE FUNCTION make_code(n integer) RETURNS text LANGUAGE sql AS $$ SELECT 'C' || n $$;
CREATE TABLE t (id integer PRIMARY KEY, code text);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE FUNCTION make_code(n integer) RETURNS text LANGUAGE sql AS $$ SELECT 'C' || n $$;
CREATE TABLE t (id integer PRIMARY KEY, code text DEFAULT make_code(4));

-- case: a default that calls a new function
-- before
CREATE TABLE t (id integer PRIMARY KEY, code text);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE FUNCTION make_code(n integer) RETURNS text LANGUAGE sql AS $$ SELECT 'C' || n $$;
CREATE TABLE t (id integer PRIMARY KEY, code text DEFAULT make_code(4));

-- case: a default that calls a function which changes its arguments
-- before
CREATE FUNCTION make_code(n integer) RETURNS text LANGUAGE sql AS $$ SELECT 'C' || n $$;
CREATE TABLE t (id integer PRIMARY KEY, code text DEFAULT make_code(4));
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE FUNCTION make_code(n text) RETURNS text LANGUAGE sql AS $$ SELECT 'C' || n $$;
CREATE TABLE t (id integer PRIMARY KEY, code text DEFAULT make_code('4'));

-- case: a default from a sequence of its own
-- before
CREATE TABLE t (id integer PRIMARY KEY, n integer);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE SEQUENCE numbers START 100;
CREATE TABLE t (id integer PRIMARY KEY, n integer DEFAULT nextval('numbers'));

-- case: a serial key
-- before
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id serial PRIMARY KEY, a text);

-- case: a serial column gets big
-- before
CREATE TABLE t (id serial PRIMARY KEY, a text);
-- rows
INSERT INTO t (a) VALUES ('x'), ('y');
-- after
CREATE TABLE t (id bigserial PRIMARY KEY, a text);

-- case: a serial column becomes an identity column
-- before
CREATE TABLE t (id serial PRIMARY KEY, a text);
-- rows
INSERT INTO t (a) VALUES ('x'), ('y');
-- after
CREATE TABLE t (id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, a text);

-- case: a plain key numbers itself
-- before
CREATE TABLE t (id bigint PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (7, 'x');
-- after
CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a text);

-- case: a key numbers itself no more
-- before
CREATE TABLE t (id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, a text);
-- rows
INSERT INTO t (a) VALUES ('x');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a text);

-- case: an identity column counts in another way
-- before
CREATE TABLE t (id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, a text);
-- rows
INSERT INTO t (a) VALUES ('x');
-- after
CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY (START WITH 100 INCREMENT BY 10 CACHE 5 CYCLE) PRIMARY KEY, a text);

-- case: a numbered column is added to rows
-- before
CREATE TABLE t (a text);
-- rows
INSERT INTO t VALUES ('x'), ('y'), ('z');
-- after
CREATE TABLE t (a text, id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY);

-- case: a serial column is added to rows
-- before
CREATE TABLE t (a text);
-- rows
INSERT INTO t VALUES ('x'), ('y'), ('z');
-- after
CREATE TABLE t (a text, id serial NOT NULL);

-- case: a computed column is added
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, twice integer GENERATED ALWAYS AS (a * 2) STORED);

-- case: a computed column is computed otherwise
-- changes: t.b
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b integer GENERATED ALWAYS AS (a * 2) STORED);
CREATE INDEX t_b ON t (b);
-- rows
INSERT INTO t (id, a) VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b integer GENERATED ALWAYS AS (a * 3) STORED);
CREATE INDEX t_b ON t (b);

-- case: a computed column becomes a plain one
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b integer GENERATED ALWAYS AS (a * 2) STORED);
-- rows
INSERT INTO t (id, a) VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b integer);

-- case: a plain column becomes a computed one
-- changes: t.b
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b integer);
-- rows
INSERT INTO t VALUES (1, 2, 4);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b integer GENERATED ALWAYS AS (a * 2) STORED);

-- case: a column that another is computed from changes its type
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b bigint GENERATED ALWAYS AS (a * 2) STORED);
-- rows
INSERT INTO t (id, a) VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a bigint NOT NULL, b bigint GENERATED ALWAYS AS (a * 2) STORED);

-- case: a computed column gets another type
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b integer GENERATED ALWAYS AS (a * 2) STORED);
-- rows
INSERT INTO t (id, a) VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b bigint GENERATED ALWAYS AS (a * 2) STORED);

-- case: a virtual column
-- on: 18
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b integer GENERATED ALWAYS AS (a + 1) VIRTUAL);
-- rows
INSERT INTO t (id, a) VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b integer GENERATED ALWAYS AS (a + 1) STORED, c integer GENERATED ALWAYS AS (a * 2) VIRTUAL);

-- case: a virtual column is computed otherwise
-- on: 18
-- changes: t.b
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b integer GENERATED ALWAYS AS (a + 1) VIRTUAL);
-- rows
INSERT INTO t (id, a) VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b integer GENERATED ALWAYS AS (a + 2) VIRTUAL);

-- case: another collation
-- before
CREATE TABLE t (id integer PRIMARY KEY, a text, b varchar(20) COLLATE "C");
CREATE INDEX t_a ON t (a);
-- rows
INSERT INTO t VALUES (1, 'x', 'y');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a text COLLATE "C", b varchar(20));
CREATE INDEX t_a ON t (a);

-- case: comments of columns
-- before
CREATE TABLE t (id integer PRIMARY KEY, a text, b text, c text);
COMMENT ON COLUMN t.a IS 'goes';
COMMENT ON COLUMN t.b IS 'changes';
-- rows
INSERT INTO t VALUES (1, 'x', 'y', 'z');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a text, b text, c text);
COMMENT ON COLUMN t.b IS 'it''s another';
COMMENT ON COLUMN t.c IS 'comes';

-- case: how a column is stored
-- before
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
ALTER TABLE t ALTER a SET STORAGE EXTERNAL;
-- rows
INSERT INTO t VALUES (1, 'x', 'y');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
ALTER TABLE t ALTER b SET STORAGE MAIN;

-- case: how much is known of a column
-- before
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
ALTER TABLE t ALTER a SET STATISTICS 500;
-- after
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
ALTER TABLE t ALTER b SET STATISTICS 200;
