-- case: whole numbers get wider
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a tinyint, b smallint, c mediumint, d integer NOT NULL DEFAULT 5, e integer, KEY by_e (e));
-- rows
INSERT INTO t VALUES (1, 2, 3, 4, 5, 6);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a smallint, b mediumint, c integer, d bigint NOT NULL DEFAULT 5, e bigint, KEY by_e (e));

-- case: whole numbers get narrower
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b bigint NOT NULL DEFAULT 5);
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a smallint, b integer NOT NULL DEFAULT 5);

-- case: texts get longer
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(10) DEFAULT 'a', b char(3), c varchar(5), d text, e tinytext);
-- rows
INSERT INTO t VALUES (1, 'ten', 'abc', 'five', 'd', 'e');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(20) DEFAULT 'a', b char(5), c text, d longtext, e mediumtext);

-- case: texts get shorter
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(20) DEFAULT 'a', b text, c longtext);
-- rows
INSERT INTO t VALUES (1, 'ten', 'abc', 'five');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(10) DEFAULT 'a', b char(3), c varchar(100));

-- case: a number becomes a text
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer NOT NULL DEFAULT 3, b decimal(6, 2), c boolean);
-- rows
INSERT INTO t VALUES (1, 5, 1.50, 1);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(20) NOT NULL DEFAULT '3', b varchar(20), c text);

-- case: a text becomes a number
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(20) NOT NULL DEFAULT '3', b varchar(20), c text);
-- rows
INSERT INTO t VALUES (1, '5', '1.50', '1');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer NOT NULL DEFAULT 3, b decimal(6, 2), c boolean);

-- case: precision and scale
-- changes: t.a, t.b, t.c
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a decimal(10, 2), b decimal(10, 2), c decimal(20, 4), d float, e double);
-- rows
INSERT INTO t VALUES (1, 1.25, 2.00, 3.1000, 1.5, 2.5);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a decimal(12, 4), b decimal(10, 0), c decimal(8, 1), d double, e float);

-- case: whole numbers and others
-- changes: t.a
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b decimal(8, 0), c double);
-- rows
INSERT INTO t VALUES (1, 1, 2, 3);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a decimal(8, 2), b integer, c bigint);

-- case: booleans and whole numbers
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a boolean NOT NULL DEFAULT false, b integer DEFAULT 1, c tinyint, d tinyint(1));
-- rows
INSERT INTO t VALUES (1, true, 0, 1, 1);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer NOT NULL DEFAULT 0, b boolean DEFAULT true, c tinyint(1), d tinyint);

-- case: times
-- changes: t.c
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a datetime, b timestamp NULL, c date, d time, e varchar(30), f year);
-- rows
INSERT INTO t VALUES (1, '2026-01-31 07:30:00', '2026-01-31 07:30:00', '2026-01-31', '07:30:00', '2026-01-31', 2026);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a timestamp NULL, b datetime, c datetime, d varchar(20), e date, f smallint);

-- case: the precision of times
-- changes: t.a, t.b, t.c
-- loses: t.b, t.c
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a datetime, b datetime(3), c time(6));
-- rows
INSERT INTO t VALUES (1, '2026-01-31 07:30:00', '2026-01-31 07:30:00.123', '07:30:00.5');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a datetime(6), b datetime, c time);

-- case: json comes and goes
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a text, b json);
-- rows
INSERT INTO t VALUES (1, '{"a": 1}', '{"b": 2}');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a json, b longtext);

-- case: bytes
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a blob, b binary(4), c varbinary(10), d longblob);
-- rows
INSERT INTO t VALUES (1, 'a', 'bbbb', 'c', 'd');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a longblob, b varbinary(4), c varbinary(20), d mediumblob);

-- case: bits and places
-- changes: t.a
-- loses: t.a
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a bit(4), b point, c geometry);
-- rows
INSERT INTO t VALUES (1, b'1010', ST_GeomFromText('POINT(1 2)'), NULL);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a bit(8), b point NOT NULL, c polygon);

-- case: an enum comes
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(20));
-- rows
INSERT INTO t VALUES (1, 'happy');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a enum('sad', 'it''s fine', 'happy') NOT NULL DEFAULT 'sad', b set('x', 'y') DEFAULT 'x,y');

-- case: an enum goes
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a enum('sad', 'happy') NOT NULL DEFAULT 'sad', b set('x', 'y'));
-- rows
INSERT INTO t VALUES (1, 'happy', 'x');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(20) NOT NULL DEFAULT 'sad');

-- case: values of an enum come
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a enum('sad', 'happy') NOT NULL DEFAULT 'sad', b set('x', 'y'), KEY by_a (a));
-- rows
INSERT INTO t VALUES (1, 'happy', 'x,y');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a enum('sad', 'happy', 'great') NOT NULL DEFAULT 'sad', b set('x', 'y', 'z'), KEY by_a (a));

-- case: values of an enum come in the middle
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a enum('sad', 'happy') NOT NULL DEFAULT 'sad', b set('x', 'y'));
-- rows
INSERT INTO t VALUES (1, 'happy', 'x,y');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a enum('awful', 'sad', 'so so', 'happy') NOT NULL DEFAULT 'so so', b set('w', 'x', 'y'));

-- case: values of an enum go
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a enum('awful', 'sad', 'so so', 'happy') NOT NULL DEFAULT 'so so', b set('w', 'x', 'y'));
-- rows
INSERT INTO t VALUES (1, 'happy', 'x,y');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a enum('sad', 'happy') NOT NULL DEFAULT 'sad', b set('x', 'y'));

-- case: values of an enum change their order
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a enum('happy', 'sad'));
-- rows
INSERT INTO t VALUES (1, 'happy');
INSERT INTO t VALUES (2, 'sad');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a enum('sad', 'happy'));

-- case: the values of an enum need care
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a enum('a'));
-- rows
INSERT INTO t VALUES (1, 'a');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a enum('a', 'b,c', 'it''s', '日本', ' x ', 'A ''quoted'' "one"'));

-- case: a type changes under a default, a check, an index and a foreign key
-- before
CREATE TABLE parent (id integer NOT NULL PRIMARY KEY);
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, parent_id integer NOT NULL DEFAULT 1, KEY by_parent (parent_id), CONSTRAINT up FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE CASCADE, CONSTRAINT positive CHECK (id > 0));
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO t VALUES (1, 1);
-- after
CREATE TABLE parent (id bigint NOT NULL PRIMARY KEY);
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, parent_id bigint NOT NULL DEFAULT 1, KEY by_parent (parent_id), CONSTRAINT up FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE CASCADE, CONSTRAINT positive CHECK (id > 0));

-- case: a key and what refers to it become texts
-- before
CREATE TABLE parent (id integer NOT NULL PRIMARY KEY, n text);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, parent_id integer NOT NULL, CONSTRAINT up FOREIGN KEY (parent_id) REFERENCES parent (id));
-- rows
INSERT INTO parent VALUES (1, 'x');
INSERT INTO child VALUES (1, 1);
-- after
CREATE TABLE parent (id varchar(36) NOT NULL PRIMARY KEY, n text);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, parent_id varchar(36) NOT NULL, CONSTRAINT up FOREIGN KEY (parent_id) REFERENCES parent (id));

-- case: a type changes under a view and a trigger
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b text);
CREATE VIEW v AS SELECT id, a FROM t WHERE a > 0;
CREATE VIEW w AS SELECT a + 1 AS more FROM v;
CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW SET NEW.a = NEW.a + 1;
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a bigint, b text);
CREATE VIEW v AS SELECT id, a FROM t WHERE a > 0;
CREATE VIEW w AS SELECT a + 1 AS more FROM v;
CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW SET NEW.a = NEW.a + 1;
