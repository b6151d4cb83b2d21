-- case: indexes come
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b varchar(50), c text, d point NOT NULL);
-- rows
INSERT INTO t VALUES (1, 2, 'x', 'y', ST_GeomFromText('POINT(1 2)'));
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b varchar(50), c text, d point NOT NULL, KEY plain (a), UNIQUE KEY once (b), KEY several (a, b), KEY a_part (c(10), b(5)), FULLTEXT KEY words (b, c), SPATIAL KEY places (d));

-- case: indexes go
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b varchar(50), c text, KEY plain (a), UNIQUE KEY once (b), KEY several (a, b), KEY a_part (c(10)), FULLTEXT KEY words (b, c));
-- rows
INSERT INTO t VALUES (1, 2, 'x', 'y');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b varchar(50), c text);

-- case: the columns of an index change
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, c integer, KEY i (a), KEY j (a, b), KEY k (a, b, c));
-- rows
INSERT INTO t VALUES (1, 2, 3, 4);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, c integer, KEY i (a, b), KEY j (b, a), KEY k (c));

-- case: the order of an index changes
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, KEY i (a), KEY j (a DESC), KEY k (a DESC, b));
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, KEY i (a DESC), KEY j (a), KEY k (a, b DESC));

-- case: a part of a column in an index changes
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(100), b text, KEY i (a), KEY j (a(10)), KEY k (b(20)));
-- rows
INSERT INTO t VALUES (1, 'x', 'y');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(100), b text, KEY i (a(20)), KEY j (a), KEY k (b(40)));

-- case: an index is renamed
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, KEY old_name (a));
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, KEY new_name (a));

-- case: an index of a new column
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, name varchar(80), UNIQUE KEY t_name (name));

-- case: comments of indexes
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, KEY i (a) COMMENT 'old', KEY j (b));
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, KEY i (a) COMMENT 'it''s new', KEY j (b) COMMENT 'comes');

-- case: words of an index are parted otherwise
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a text, FULLTEXT KEY words (a));
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a text, b text, FULLTEXT KEY words (a, b));

-- case: expressions in an index
-- on: mysql
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b varchar(20), KEY i ((a + 1)));
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b varchar(20), KEY i ((a + 2)), KEY j ((lower(b)), a DESC));

-- case: an index that no query sees
-- on: mysql
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, KEY i (a), KEY j (b) INVISIBLE);
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, KEY i (a) INVISIBLE, KEY j (b));

-- case: an index of an array
-- on: mysql
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a json);
-- rows
INSERT INTO t VALUES (1, '{}');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a json, KEY i ((CAST(a -> '$.x' AS unsigned array))));

-- case: an index that is ignored
-- on: mariadb
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, KEY i (a), KEY j (b) IGNORED);
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, KEY i (a) IGNORED, KEY j (b));

-- case: the method of an index
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, KEY i (a));
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, KEY i (a) USING BTREE);

-- case: an index that is made apart
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b text);
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b text);
CREATE INDEX i ON t (a);
CREATE UNIQUE INDEX j ON t (a, b(5));
CREATE FULLTEXT INDEX k ON t (b);
