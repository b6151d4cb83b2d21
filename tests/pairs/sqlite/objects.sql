-- case: views come
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a * 2 AS twice FROM t WHERE a > 0;
CREATE VIEW a_view_of_views AS SELECT v.id, w.n FROM v CROSS JOIN (SELECT count(*) AS n FROM v) AS w;
CREATE VIEW named (x, y) AS SELECT id, a FROM t;

-- case: views go
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a * 2 AS twice FROM t WHERE a > 0;
CREATE VIEW w AS SELECT * FROM v;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);

-- case: a view gets another condition
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a FROM t WHERE a > 0;
CREATE VIEW w AS SELECT id FROM v;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a FROM t WHERE a > 5;
CREATE VIEW w AS SELECT id FROM v;

-- case: a view gets other columns
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE VIEW w AS SELECT id FROM v;
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text);
CREATE VIEW v AS SELECT b, id FROM t;
CREATE VIEW w AS SELECT id FROM v;

-- case: a view follows a column that is added
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY);
CREATE VIEW v AS SELECT * FROM t;
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT * FROM t;

-- case: a view lets go of a column that is dropped
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b integer);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE VIEW w AS SELECT * FROM v;
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, b integer);
CREATE VIEW v AS SELECT id FROM t;
CREATE VIEW w AS SELECT * FROM v;

-- case: a table becomes a view, and a view a table
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE TABLE x (id integer);
CREATE VIEW y AS SELECT id FROM t;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE VIEW x AS SELECT id FROM t;
CREATE TABLE y (id integer);

-- case: a recursive view and one with windows
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, up integer);
-- rows
INSERT INTO t VALUES (1, NULL);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, up integer);
CREATE VIEW tree AS WITH RECURSIVE it (id, depth) AS (SELECT id, 0 FROM t WHERE up IS NULL UNION ALL SELECT t.id, it.depth + 1 FROM t JOIN it ON t.up = it.id) SELECT * FROM it;
CREATE VIEW ranked AS SELECT id, row_number() OVER (PARTITION BY up ORDER BY id DESC) AS n FROM t;

-- case: a view under a table that is built anew
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text);
CREATE VIEW v AS SELECT id, a, b FROM t;
CREATE VIEW w AS SELECT count(*) AS n FROM v;
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer NOT NULL CHECK (a > 0), b varchar(9));
CREATE VIEW v AS SELECT id, a, b FROM t;
CREATE VIEW w AS SELECT count(*) AS n FROM v;

-- case: a view is renamed
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE VIEW old AS SELECT a FROM t;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE VIEW new AS SELECT a FROM t;

-- case: triggers come
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE TABLE log (what text);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE TABLE log (what text);
CREATE VIEW v AS SELECT id FROM t;
CREATE TRIGGER one BEFORE INSERT ON t WHEN NEW.a IS NOT NULL BEGIN INSERT INTO log VALUES ('a;b'); INSERT INTO log VALUES (CASE WHEN NEW.a > 0 THEN 'x' ELSE 'END' END); END;
CREATE TRIGGER two AFTER UPDATE OF a ON t FOR EACH ROW BEGIN DELETE FROM log; END;
CREATE TRIGGER three INSTEAD OF DELETE ON v BEGIN DELETE FROM t WHERE id = OLD.id; END;

-- case: triggers go
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE TABLE log (what text);
CREATE TRIGGER one BEFORE INSERT ON t BEGIN DELETE FROM log; END;
CREATE TRIGGER two AFTER DELETE ON t BEGIN SELECT 1; END;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE TABLE log (what text);

-- case: triggers change
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE TABLE log (what text);
CREATE TRIGGER one BEFORE INSERT ON t BEGIN DELETE FROM log; END;
CREATE TRIGGER two AFTER DELETE ON t BEGIN SELECT 1; END;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE TABLE log (what text);
CREATE TRIGGER one AFTER INSERT ON t BEGIN DELETE FROM log; END;
CREATE TRIGGER two AFTER DELETE ON log BEGIN SELECT 2; END;

-- case: a trigger writes to a new table
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE TABLE log (what text);
CREATE TRIGGER one AFTER UPDATE ON t BEGIN INSERT INTO log VALUES (OLD.a); END;

-- case: a trigger goes with its table
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE TABLE log (what text);
CREATE TRIGGER one AFTER INSERT ON log BEGIN UPDATE t SET a = 1; END;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);

-- case: a trigger writes to a table that goes
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE TABLE log (what text);
CREATE TRIGGER one AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('x'); END;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);

-- case: a trigger names a column that comes
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE TABLE log (what text);
CREATE TRIGGER one AFTER INSERT ON t BEGIN INSERT INTO log VALUES (NEW.a); END;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b integer);
CREATE TABLE log (what text);
CREATE TRIGGER one AFTER INSERT ON t BEGIN INSERT INTO log VALUES (NEW.a + NEW.b); END;

-- case: a trigger names a column that goes
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b integer);
CREATE TABLE log (what text);
CREATE TRIGGER one AFTER INSERT ON t BEGIN INSERT INTO log VALUES (NEW.b); END;
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE TABLE log (what text);
CREATE TRIGGER one AFTER INSERT ON t BEGIN INSERT INTO log VALUES (NEW.a); END;
