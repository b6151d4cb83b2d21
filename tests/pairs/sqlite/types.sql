-- case: whole numbers get wider
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a smallint, b integer NOT NULL DEFAULT 5, c integer);
CREATE INDEX t_c ON t (c);
-- rows
INSERT INTO t VALUES (1, 2, 3, 4);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b bigint NOT NULL DEFAULT 5, c bigint);
CREATE INDEX t_c ON t (c);

-- case: whole numbers get narrower
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b bigint NOT NULL DEFAULT 5);
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a smallint, b integer NOT NULL DEFAULT 5);

-- case: texts get longer and shorter
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a varchar(10) DEFAULT 'a', b char(3), c varchar(5), d text);
-- rows
INSERT INTO t VALUES (1, 'ten', 'abc', 'five', 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a varchar(20) DEFAULT 'a', b char(5), c text, d varchar(9));

-- case: a number becomes a text
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer NOT NULL DEFAULT 3, b numeric(6, 2), c boolean);
-- rows
INSERT INTO t VALUES (1, 5, 1.5, 1);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text NOT NULL DEFAULT '3', b varchar(20), c text);

-- case: a text becomes a number
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a text NOT NULL DEFAULT '3', b varchar(20), c text);
-- rows
INSERT INTO t VALUES (1, '5', '1.5', '1');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer NOT NULL DEFAULT 3, b numeric(6, 2), c boolean);

-- case: a text that is no number stays what it is
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, 'five');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);

-- case: precision and scale
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a numeric(10, 2), b decimal(10, 2), c numeric, d real, e double precision);
-- rows
INSERT INTO t VALUES (1, 1.25, 2.5, 3.125, 1.5, 2.5);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a numeric(12, 4), b decimal, c numeric(8, 1), d double precision, e float);

-- case: a real number becomes a whole one
-- changes: t.b
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a real, b integer);
-- rows
INSERT INTO t VALUES (1, 1.5, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b real);

-- case: times
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a timestamp, b datetime, c time, d date, e text);
-- rows
INSERT INTO t VALUES (1, '2026-01-31 07:30', '2026-01-31 07:30', '07:30', '2026-01-31', '2026-01-31');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a datetime, b timestamptz, c text, d datetime, e date);

-- case: bytes
-- changes: t.a, t.b
-- loses: t.a, t.b
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a blob, b text, c blob);
-- rows
INSERT INTO t VALUES (1, x'61', 'b', x'00ff');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text, b blob, c varbinary(16));

-- case: columns without a type
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a, b integer, c);
-- rows
INSERT INTO t VALUES (1, 1, 2, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text, b, c);

-- case: types of one's own
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a money, b uuid, c jsonb, d point);
-- rows
INSERT INTO t VALUES (1, 1, 'a', '{}', 'p');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a money, b text, c json, d geometry, e inet);

-- case: words of several parts
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a character varying(10), b unsigned big int, c double precision, d native character(70));
-- rows
INSERT INTO t VALUES (1, 'a', 1, 1.5, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a varchar(10), b bigint unsigned, c double, d nchar(55));

-- case: a type changes under a default, a check, an index and a foreign key
-- before
CREATE TABLE parent (id INTEGER PRIMARY KEY);
CREATE TABLE t (id INTEGER PRIMARY KEY, parent_id integer NOT NULL DEFAULT 1 REFERENCES parent ON DELETE CASCADE CHECK (parent_id > 0));
CREATE INDEX t_parent ON t (parent_id) WHERE parent_id < 1000;
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO t VALUES (1, 1);
-- after
CREATE TABLE parent (id INTEGER PRIMARY KEY);
CREATE TABLE t (id INTEGER PRIMARY KEY, parent_id bigint NOT NULL DEFAULT 1 REFERENCES parent ON DELETE CASCADE CHECK (parent_id > 0));
CREATE INDEX t_parent ON t (parent_id) WHERE parent_id < 1000;

-- case: a key and what refers to it become texts
-- before
CREATE TABLE parent (id INTEGER PRIMARY KEY, n text);
CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id integer NOT NULL REFERENCES parent);
-- rows
INSERT INTO parent VALUES (1, 'x');
INSERT INTO child VALUES (1, 1);
-- after
CREATE TABLE parent (id text NOT NULL PRIMARY KEY, n text);
CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id text NOT NULL REFERENCES parent);

-- case: a type changes under a view and a trigger
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text);
CREATE VIEW v AS SELECT id, a FROM t WHERE a > 0;
CREATE VIEW w AS SELECT a + 1 AS more FROM v;
CREATE TRIGGER g BEFORE UPDATE OF a ON t WHEN NEW.a > 0 BEGIN SELECT 1; END;
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a bigint, b text);
CREATE VIEW v AS SELECT id, a FROM t WHERE a > 0;
CREATE VIEW w AS SELECT a + 1 AS more FROM v;
CREATE TRIGGER g BEFORE UPDATE OF a ON t WHEN NEW.a > 0 BEGIN SELECT 1; END;

-- case: an enumeration grows
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a text NOT NULL DEFAULT 'new' CHECK (a IN ('new', 'old')));
-- rows
INSERT INTO t VALUES (1, 'old');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text NOT NULL DEFAULT 'new' CHECK (a IN ('new', 'odd', 'old')));
