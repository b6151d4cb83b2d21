-- case: a required key column comes to rows
-- before
CREATE TABLE parent (id INTEGER PRIMARY KEY);
CREATE TABLE t (id INTEGER PRIMARY KEY, a text);
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE parent (id INTEGER PRIMARY KEY);
CREATE TABLE t (id INTEGER PRIMARY KEY, a text, parent_id integer NOT NULL DEFAULT 1 REFERENCES parent);

-- case: a column comes with a check and an index
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text, n integer DEFAULT 1 CHECK (n > 0));
CREATE INDEX t_n ON t (n);

-- case: a unique column comes
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text, code text UNIQUE);

-- case: a column gets a check and a default at once
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, 3);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer NOT NULL DEFAULT 5 CHECK (a < 10));

-- case: a column changes its case
-- rename: t.Name=name
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, Name text);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, name text);

-- case: two columns swap their names
-- changes: t.a, t.b
-- loses: t.a, t.b
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text);
-- rows
INSERT INTO t VALUES (1, 1, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, b integer, a text);

-- case: a table of a circle is built anew
-- before
CREATE TABLE a (id INTEGER PRIMARY KEY, b_id integer REFERENCES b);
CREATE TABLE b (id INTEGER PRIMARY KEY, a_id integer REFERENCES a);
-- rows
INSERT INTO a VALUES (1, 1);
INSERT INTO b VALUES (1, 1);
-- after
CREATE TABLE a (id INTEGER PRIMARY KEY, b_id integer NOT NULL REFERENCES b, x text UNIQUE);
CREATE TABLE b (id INTEGER PRIMARY KEY, a_id integer REFERENCES a ON DELETE CASCADE);

-- case: rows without ids are kept in their order
-- before
CREATE TABLE t (a text, b text);
-- rows
INSERT INTO t VALUES ('z', 'a'), ('a', 'z'), ('z', 'a');
-- after
CREATE TABLE t (a text NOT NULL, b text CHECK (b <> ''));

-- case: large numbers and odd values are kept
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b real, c blob, d text);
-- rows
INSERT INTO t VALUES (1, 9223372036854775807, 1e300, x'00ff00', 'it''s "ünï"
日本');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a bigint NOT NULL, b double, c blob CHECK (length(c) > 0), d varchar(90));

-- case: a value of another type than its column is kept
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text);
-- rows
INSERT INTO t VALUES (1, 'no number', x'41');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer CHECK (a IS NOT NULL), b text);

-- case: a view with a name that needs quotes
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, 1);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE VIEW "the view" ("the id") AS SELECT id FROM t;
CREATE TRIGGER "the trigger" AFTER INSERT ON t BEGIN SELECT "a" FROM t; END;

-- case: an index of a view's table goes with its column
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b integer);
CREATE INDEX i ON t (a, b);
CREATE VIEW v AS SELECT a FROM t;
-- rows
INSERT INTO t VALUES (1, 1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE INDEX i ON t (a);
CREATE VIEW v AS SELECT a FROM t;

-- case: a strict table without row ids is built anew
-- before
CREATE TABLE t (k TEXT PRIMARY KEY, v ANY) STRICT, WITHOUT ROWID;
-- rows
INSERT INTO t VALUES ('a', 1.5);
-- after
CREATE TABLE t (k TEXT PRIMARY KEY, v ANY NOT NULL, n INT CHECK (n > 0)) STRICT, WITHOUT ROWID;

-- case: a table gets its first row id key
-- before
CREATE TABLE t (a text);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text);

-- case: everything of a table goes but one column
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer UNIQUE, b text NOT NULL DEFAULT 'x' CHECK (b <> ''), c integer REFERENCES t, d AS (a + 1));
CREATE INDEX i ON t (b);
CREATE TRIGGER g AFTER DELETE ON t BEGIN SELECT OLD.b; END;
-- rows
INSERT INTO t (id, a, b) VALUES (1, 2, 'y');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY);
