-- case: a column is added
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, 2);
INSERT INTO t VALUES (2, NULL);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text);

-- case: a column is added between others
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, z integer);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text, z integer);

-- case: a required column with a default is added
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1), (2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, state text NOT NULL DEFAULT 'new');

-- case: a required column without a default is added, and rows are given a value
-- fill: t.owner="nobody"
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1), (2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, owner varchar(40) NOT NULL);

-- case: a required column is added to an empty table
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, owner varchar(40) NOT NULL);

-- case: a column with a default that is computed is added
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, made text NOT NULL DEFAULT CURRENT_TIMESTAMP, r integer DEFAULT (abs(-5)));

-- case: several columns are added and dropped
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b integer, c integer, keep text);
-- rows
INSERT INTO t VALUES (1, 2, 3, 4, 'kept');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, keep text, d date, e blob, g numeric(12, 2) DEFAULT 0);

-- case: a column is dropped
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer NOT NULL DEFAULT 7, b text);
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, b text);

-- case: a column goes with its index, its check, its unique constraint and its foreign key
-- before
CREATE TABLE other (id INTEGER PRIMARY KEY);
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer CHECK (a > 0), b integer UNIQUE, c integer REFERENCES other, d integer, e integer, CHECK (d < e), UNIQUE (d, e));
CREATE INDEX t_a ON t (a);
CREATE INDEX t_de ON t (d, e);
-- rows
INSERT INTO other VALUES (1);
INSERT INTO t VALUES (1, 2, 3, 1, 5, 6);
-- after
CREATE TABLE other (id INTEGER PRIMARY KEY);
CREATE TABLE t (id INTEGER PRIMARY KEY, e integer);

-- case: a column is renamed
-- rename: t.mail=email
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, mail text NOT NULL);
CREATE INDEX t_mail ON t (mail);
-- rows
INSERT INTO t VALUES (1, 'a@b.c');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, email text NOT NULL);
CREATE INDEX t_mail ON t (email);

-- case: a column is renamed and gets another type
-- rename: t.n=amount
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, n integer);
-- rows
INSERT INTO t VALUES (1, 5);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, amount bigint NOT NULL DEFAULT 0);

-- case: a column is renamed that a check, a key, a view and a trigger name
-- rename: t.a=b
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, CONSTRAINT positive CHECK (a > 0), CONSTRAINT once UNIQUE (a));
CREATE VIEW v AS SELECT a FROM t;
CREATE TABLE log (a);
CREATE TRIGGER w AFTER UPDATE OF a ON t BEGIN INSERT INTO log VALUES (NEW.a); END;
-- rows
INSERT INTO t VALUES (1, 5);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, b integer, CONSTRAINT positive CHECK (b > 0), CONSTRAINT once UNIQUE (b));
CREATE VIEW v AS SELECT b AS a FROM t;
CREATE TABLE log (a);
CREATE TRIGGER w AFTER UPDATE OF b ON t BEGIN INSERT INTO log VALUES (NEW.b); END;

-- case: two columns swap their types
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text);
-- rows
INSERT INTO t VALUES (1, 5, '6');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text, b integer);

-- case: a column gets to be required
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text NOT NULL);

-- case: a column gets to be required, and rows are given a value
-- fill: t.a="none"
-- changes: t.a
-- loses: t.a
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, 'x');
INSERT INTO t VALUES (2, NULL);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text NOT NULL);

-- case: a column need not have a value any more
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a text NOT NULL, b integer NOT NULL DEFAULT 3);
-- rows
INSERT INTO t VALUES (1, 'x', 4);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text, b integer DEFAULT 3);

-- case: defaults come
-- limit: | 0 | 1.5 | 0 | 0
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text, c boolean, d timestamp, e numeric(6, 2), h date, j blob, k real);
-- rows
INSERT INTO t (id) VALUES (1);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer DEFAULT 1, b text DEFAULT 'it''s', c boolean DEFAULT true, d timestamp DEFAULT CURRENT_TIMESTAMP, e numeric(6, 2) DEFAULT 1.50, h date DEFAULT '2026-01-31', j blob DEFAULT x'dead', k real DEFAULT (1.0 / 3));

-- case: defaults go
-- limit: | 0 | 1.5 | 0 | 0
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer DEFAULT 1, b text DEFAULT 'it''s', c boolean DEFAULT true, d timestamp DEFAULT CURRENT_TIMESTAMP, e numeric(6, 2) DEFAULT 1.50, k real DEFAULT (1.0 / 3));
-- rows
INSERT INTO t (id) VALUES (1);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text, c boolean, d timestamp, e numeric(6, 2), k real);

-- case: defaults change
-- limit: | 0 | 1.5 | 0 | 0
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer DEFAULT 1, b text DEFAULT 'old', c boolean DEFAULT true, d text DEFAULT CURRENT_TIMESTAMP, e numeric DEFAULT 1.50, f text DEFAULT 'now', g integer DEFAULT -1, h text DEFAULT '', i text DEFAULT NULL);
-- rows
INSERT INTO t (id) VALUES (1);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer DEFAULT 2, b text DEFAULT 'new', c boolean DEFAULT false, d text DEFAULT CURRENT_DATE, e numeric DEFAULT 2.5, f text DEFAULT (upper('x')), g integer DEFAULT -9223372036854775808, h text DEFAULT 'NULL', i text DEFAULT 'x');

-- case: a default of words that need care
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a text, b text, c text, d text, e text);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text DEFAULT 'two
lines', b text DEFAULT 'back\slash', c text DEFAULT '"quoted"', d text DEFAULT '%s :x ?1 $1', e text DEFAULT '日本語 ünï');

-- case: a number and a text are not the same default
-- limit: +t column | b | TEXT | 0 | '1' | 0 | 0
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a text DEFAULT 1, b text DEFAULT '1', c integer DEFAULT '0');
-- rows
INSERT INTO t (id) VALUES (1);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text DEFAULT '1', b text DEFAULT 1, c integer DEFAULT 0);

-- case: a computed column is added
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer NOT NULL);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer NOT NULL, twice integer GENERATED ALWAYS AS (a * 2) VIRTUAL);

-- case: a stored column is added
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer NOT NULL);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer NOT NULL, twice integer GENERATED ALWAYS AS (a * 2) STORED);

-- case: a computed column is computed otherwise
-- changes: t.b, t.d
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer NOT NULL, b integer AS (a * 2), d integer AS (a + 1) STORED);
CREATE INDEX t_b ON t (b);
-- rows
INSERT INTO t (id, a) VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer NOT NULL, b integer AS (a * 3), d integer AS (a + 2) STORED);
CREATE INDEX t_b ON t (b);

-- case: a stored column is computed when it is read
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer NOT NULL, b integer AS (a * 2) STORED, d integer AS (a * 2));
-- rows
INSERT INTO t (id, a) VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer NOT NULL, b integer AS (a * 2), d integer AS (a * 2) STORED);

-- case: a computed column becomes a plain one
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer NOT NULL, b integer AS (a * 2) STORED);
-- rows
INSERT INTO t (id, a) VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer NOT NULL, b integer);

-- case: a plain column becomes a computed one
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer NOT NULL, b integer);
-- rows
INSERT INTO t VALUES (1, 2, 4);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer NOT NULL, b integer AS (a * 2));

-- case: a column that another is computed from changes its type
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer NOT NULL, b bigint AS (a * 2) STORED);
-- rows
INSERT INTO t (id, a) VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a bigint NOT NULL, b bigint AS (a * 2) STORED);

-- case: another collation
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a text, b text COLLATE NOCASE);
CREATE INDEX t_a ON t (a);
-- rows
INSERT INTO t VALUES (1, 'x', 'y');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text COLLATE NOCASE, b text);
CREATE INDEX t_a ON t (a);

-- case: a collation changes
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a text COLLATE RTRIM UNIQUE);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text COLLATE NOCASE UNIQUE);

-- case: what happens to a row without a value
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a text NOT NULL ON CONFLICT REPLACE DEFAULT 'x', b text NOT NULL);
-- rows
INSERT INTO t VALUES (1, 'x', 'y');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text NOT NULL DEFAULT 'x', b text NOT NULL ON CONFLICT IGNORE);

-- case: numbers that are never used twice
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a text);

-- case: numbers that may be used twice
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a text);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text);

-- case: a table that numbers itself is built anew
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a integer);
-- rows
INSERT INTO t VALUES (1, 'x');
INSERT INTO t VALUES (7, 'y');
DELETE FROM t WHERE id = 7;
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a text NOT NULL CHECK (a <> ''));
