-- case: views come
-- limit on mysql: -merged | CREATE ALGORITHM=MERGE
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a * 2 AS twice FROM t WHERE a > 0;
CREATE VIEW a_view_of_views AS SELECT v.id, w.n FROM v CROSS JOIN (SELECT count(*) AS n FROM v) AS w;
CREATE VIEW named (x, y) AS SELECT id, a FROM t;
CREATE VIEW checked AS SELECT * FROM t WHERE a > 0 WITH LOCAL CHECK OPTION;
CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW merged AS SELECT id FROM t;

-- case: views go
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a * 2 AS twice FROM t WHERE a > 0;
CREATE VIEW w AS SELECT * FROM v;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);

-- case: a view gets another condition
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a FROM t WHERE a > 0;
CREATE VIEW w AS SELECT id FROM v;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a FROM t WHERE a > 5;
CREATE VIEW w AS SELECT id FROM v;

-- case: a view gets other columns
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b text);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE VIEW w AS SELECT id FROM v;
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b text);
CREATE VIEW v AS SELECT b, id FROM t;
CREATE VIEW w AS SELECT id FROM v;

-- case: a view follows a column that is added
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY);
CREATE VIEW v AS SELECT * FROM t;
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT * FROM t;

-- case: a view lets go of a column that is dropped
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE VIEW w AS SELECT * FROM v;
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, b integer);
CREATE VIEW v AS SELECT id FROM t;
CREATE VIEW w AS SELECT * FROM v;

-- case: options of views
-- limit on mysql: -v | CREATE ALGORITHM=TEMPTABLE
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id FROM t;
CREATE SQL SECURITY INVOKER VIEW w AS SELECT id FROM t;
CREATE VIEW x AS SELECT id FROM t WHERE a > 0 WITH CASCADED CHECK OPTION;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE ALGORITHM=TEMPTABLE VIEW v AS SELECT id FROM t;
CREATE VIEW w AS SELECT id FROM t;
CREATE VIEW x AS SELECT id FROM t WHERE a > 0;

-- case: a table becomes a view, and a view a table
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE TABLE x (id integer);
CREATE VIEW y AS SELECT id FROM t;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE VIEW x AS SELECT id FROM t;
CREATE TABLE y (id integer);

-- case: a recursive view and one with windows
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, up integer);
-- rows
INSERT INTO t VALUES (1, NULL);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, up integer);
CREATE VIEW tree AS WITH RECURSIVE it (id, depth) AS (SELECT id, 0 FROM t WHERE up IS NULL UNION ALL SELECT t.id, it.depth + 1 FROM t JOIN it ON t.up = it.id) SELECT * FROM it;
CREATE VIEW ranked AS SELECT id, row_number() OVER (PARTITION BY up ORDER BY id DESC) AS n FROM t;

-- case: triggers come
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE TABLE log (what text);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE TABLE log (what text);
CREATE TRIGGER one BEFORE INSERT ON t FOR EACH ROW SET NEW.a = coalesce(NEW.a, 0);
DELIMITER //
CREATE TRIGGER two AFTER UPDATE ON t FOR EACH ROW BEGIN
  INSERT INTO log VALUES ('a;b');
  IF NEW.a > 1 THEN INSERT INTO log VALUES (CASE WHEN NEW.a > 5 THEN 'x' ELSE 'END' END); END IF;
END//
DELIMITER ;

-- case: triggers go
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE TABLE log (what text);
CREATE TRIGGER one BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;
CREATE TRIGGER two AFTER DELETE ON t FOR EACH ROW INSERT INTO log VALUES ('x');
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE TABLE log (what text);

-- case: triggers change
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE TABLE log (what text);
CREATE TRIGGER one BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;
CREATE TRIGGER two AFTER DELETE ON t FOR EACH ROW INSERT INTO log VALUES ('x');
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE TABLE log (what text);
CREATE TRIGGER one BEFORE UPDATE ON t FOR EACH ROW SET NEW.a = 1;
CREATE TRIGGER two AFTER DELETE ON log FOR EACH ROW INSERT INTO t VALUES (5, 5);

-- case: triggers in their order
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;
CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW FOLLOWS b SET NEW.a = 2;

-- case: a trigger writes to a new table
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE TABLE log (what text);
CREATE TRIGGER one AFTER UPDATE ON t FOR EACH ROW INSERT INTO log VALUES (OLD.a);

-- case: a trigger goes with its table
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE TABLE log (what text);
CREATE TRIGGER one AFTER INSERT ON log FOR EACH ROW UPDATE t SET a = 1;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);

-- case: functions and procedures come
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE FUNCTION twice(n integer) RETURNS integer DETERMINISTIC NO SQL RETURN n * 2;
CREATE FUNCTION named(s varchar(20)) RETURNS varchar(40) DETERMINISTIC SQL SECURITY INVOKER COMMENT 'it''s a name' RETURN concat('<', s, '>');
DELIMITER //
CREATE PROCEDURE go(n integer, OUT m integer, INOUT o varchar(9))
BEGIN
  DECLARE i integer DEFAULT 0;
  WHILE i < n DO SET i = i + 1; INSERT INTO t VALUES (i, i); END WHILE;
  SELECT count(*) INTO m FROM t; -- all
END//
DELIMITER ;

-- case: functions and procedures go
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE FUNCTION twice(n integer) RETURNS integer DETERMINISTIC RETURN n * 2;
CREATE PROCEDURE go() SELECT 1;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);

-- case: functions and procedures change
-- before
CREATE FUNCTION twice(n integer) RETURNS integer DETERMINISTIC RETURN n * 2;
CREATE FUNCTION f(n integer) RETURNS integer DETERMINISTIC RETURN n;
CREATE PROCEDURE go() SELECT 1;
-- after
CREATE FUNCTION twice(n bigint) RETURNS bigint DETERMINISTIC RETURN n * 2;
CREATE FUNCTION f(n integer) RETURNS integer DETERMINISTIC RETURN n + 1;
CREATE PROCEDURE go(x integer) COMMENT 'goes' SELECT 1, x;

-- case: a function that a view, a column and a check call
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE FUNCTION twice(n integer) RETURNS integer DETERMINISTIC NO SQL RETURN n * 2;
CREATE VIEW v AS SELECT twice(a) AS b FROM t;
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = twice(NEW.a);

-- case: a function changes under a view
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE FUNCTION twice(n integer) RETURNS integer DETERMINISTIC NO SQL RETURN n * 2;
CREATE VIEW v AS SELECT twice(a) AS b FROM t;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE FUNCTION twice(n integer) RETURNS integer DETERMINISTIC NO SQL RETURN n + n;
CREATE VIEW v AS SELECT twice(a) AS b FROM t;

-- case: events come
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE EVENT sweep ON SCHEDULE EVERY 1 DAY STARTS '2035-01-01 00:00:00' DISABLE COMMENT 'at night' DO DELETE FROM t WHERE a < 0;

-- case: events change and go
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE EVENT sweep ON SCHEDULE EVERY 1 DAY STARTS '2035-01-01 00:00:00' DO DELETE FROM t WHERE a < 0;
CREATE EVENT gone ON SCHEDULE EVERY 1 HOUR STARTS '2035-01-01 00:00:00' DO DELETE FROM t;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
CREATE EVENT sweep ON SCHEDULE EVERY 2 DAY STARTS '2035-01-01 00:00:00' ON COMPLETION PRESERVE DO DELETE FROM t WHERE a < 1;
