-- case: indexes come
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text, c text);
-- rows
INSERT INTO t VALUES (1, 2, 'x', '{}');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text, c text);
CREATE INDEX plain ON t (a);
CREATE UNIQUE INDEX once ON t (b);
CREATE INDEX several ON t (a, b DESC, c COLLATE NOCASE);
CREATE INDEX lowered ON t (lower(b));
CREATE INDEX partial ON t (a) WHERE b IS NOT NULL;
CREATE INDEX path ON t (json_extract(c, '$.a'), a + 1);

-- case: indexes go
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text);
CREATE INDEX plain ON t (a);
CREATE UNIQUE INDEX once ON t (b);
CREATE INDEX lowered ON t (lower(b)) WHERE a > 0;
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text);

-- case: an index gets to be unique, and one gets to be plain
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b integer);
CREATE INDEX t_a ON t (a);
CREATE UNIQUE INDEX t_b ON t (b);
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b integer);
CREATE UNIQUE INDEX t_a ON t (a);
CREATE INDEX t_b ON t (b);

-- case: the columns of an index change
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b integer, c integer);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (a, b);
CREATE INDEX k ON t (a, b, c);
-- rows
INSERT INTO t VALUES (1, 2, 3, 4);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b integer, c integer);
CREATE INDEX i ON t (a, b);
CREATE INDEX j ON t (b, a);
CREATE INDEX k ON t (c);

-- case: the order and the collation of an index change
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (a DESC);
CREATE INDEX k ON t (b COLLATE NOCASE);
CREATE INDEX l ON t (b);
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text);
CREATE INDEX i ON t (a DESC);
CREATE INDEX j ON t (a ASC);
CREATE INDEX k ON t (b);
CREATE INDEX l ON t (b COLLATE RTRIM DESC);

-- case: the condition of an index changes
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, gone text, state text);
CREATE UNIQUE INDEX i ON t (a) WHERE gone IS NULL;
CREATE INDEX j ON t (a) WHERE state = 'open';
CREATE INDEX k ON t (a);
CREATE INDEX l ON t (a) WHERE a > 0;
-- rows
INSERT INTO t VALUES (1, 2, NULL, 'open');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, gone text, state text);
CREATE UNIQUE INDEX i ON t (a) WHERE gone IS NOT NULL;
CREATE INDEX j ON t (a) WHERE state IN ('open', 'late');
CREATE INDEX k ON t (a) WHERE a BETWEEN 1 AND 10;
CREATE INDEX l ON t (a);

-- case: the expression of an index changes
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text);
CREATE INDEX i ON t (lower(b));
CREATE INDEX j ON t (a + 1);
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text);
CREATE INDEX i ON t (upper(b));
CREATE INDEX j ON t (a + 2, a);

-- case: an index is renamed
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE INDEX old_name ON t (a);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE INDEX new_name ON t (a);

-- case: an index of a new column
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, name text);
CREATE UNIQUE INDEX t_name ON t (trim(name)) WHERE name <> '';

-- case: an index moves to another table
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE TABLE u (a integer);
CREATE INDEX i ON t (a);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE TABLE u (a integer);
CREATE INDEX i ON u (a);

-- case: an index becomes a constraint
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE UNIQUE INDEX once ON t (a);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, CONSTRAINT once UNIQUE (a));

-- case: indexes of a table that is built anew
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text);
CREATE INDEX i ON t (a);
CREATE UNIQUE INDEX j ON t (lower(b)) WHERE a > 0;
CREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET a = 1 WHERE id = NEW.id; END;
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text NOT NULL, b text CHECK (b <> ''));
CREATE INDEX i ON t (a);
CREATE UNIQUE INDEX j ON t (lower(b)) WHERE a > 0;
CREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET a = 1 WHERE id = NEW.id; END;
