-- case: a column is added
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, 2);
INSERT INTO t VALUES (2, NULL);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b text);

-- case: a column is added between others
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, z integer);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(9), z integer);

-- case: a column is added at the front
-- before
CREATE TABLE t (z integer NOT NULL PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE TABLE t (a integer, z integer NOT NULL PRIMARY KEY);

-- case: columns change their places
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, d integer);
-- rows
INSERT INTO t VALUES (1, 2, 3, 4);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, d integer, a integer, b integer);

-- case: a required column with a default is added
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1), (2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, state varchar(20) NOT NULL DEFAULT 'new');

-- case: a required column without a default is added, and rows are given a value
-- fill: t.owner="nobody"
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1), (2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, owner varchar(40) NOT NULL);

-- case: a required column is added to an empty table
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, owner varchar(40) NOT NULL, made date NOT NULL);

-- case: several columns are added and dropped
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, c integer, keep text);
-- rows
INSERT INTO t VALUES (1, 2, 3, 4, 'kept');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, keep text, d date, e binary(16), f json, g decimal(12, 2) DEFAULT 0);

-- case: a column is dropped
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer NOT NULL DEFAULT 7, b text);
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, b text);

-- case: a column goes with its index, its check, its unique key and its foreign key
-- before
CREATE TABLE other (id integer NOT NULL PRIMARY KEY);
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, c integer, d integer, e integer, UNIQUE KEY b (b), KEY t_a (a), KEY t_de (d, e), CONSTRAINT up FOREIGN KEY (c) REFERENCES other (id), CONSTRAINT a_positive CHECK (a > 0), CONSTRAINT d_less CHECK (d < e));
-- rows
INSERT INTO other VALUES (1);
INSERT INTO t VALUES (1, 2, 3, 1, 5, 6);
-- after
CREATE TABLE other (id integer NOT NULL PRIMARY KEY);
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, e integer);

-- case: a column is renamed
-- rename: t.mail=email
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, mail varchar(80) NOT NULL, KEY t_mail (mail));
-- rows
INSERT INTO t VALUES (1, 'a@b.c');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, email varchar(80) NOT NULL, KEY t_mail (email));

-- case: a column is renamed and gets another type
-- rename: t.n=amount
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, n integer);
-- rows
INSERT INTO t VALUES (1, 5);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, amount bigint NOT NULL DEFAULT 0);

-- case: a column is renamed that a check, a key and a view name
-- not as sql: on MySQL, Check constraint 'positive' uses column 'a', hence column cannot be dropped or renamed.
-- rename: t.a=b
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, CONSTRAINT positive CHECK (a > 0), UNIQUE KEY once (a));
CREATE VIEW v AS SELECT a FROM t;
-- rows
INSERT INTO t VALUES (1, 5);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, b integer, CONSTRAINT positive CHECK (b > 0), UNIQUE KEY once (b));
CREATE VIEW v AS SELECT b AS a FROM t;

-- case: two columns swap their types
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b varchar(10));
-- rows
INSERT INTO t VALUES (1, 5, '6');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(10), b integer);

-- case: a column gets to be required
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(9));
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(9) NOT NULL);

-- case: a column gets to be required, and rows are given a value
-- fill: t.a="none"
-- changes: t.a
-- loses: t.a
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(9));
-- rows
INSERT INTO t VALUES (1, 'x');
INSERT INTO t VALUES (2, NULL);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(9) NOT NULL);

-- case: a column need not have a value any more
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(9) NOT NULL, b integer NOT NULL DEFAULT 3);
-- rows
INSERT INTO t VALUES (1, 'x', 4);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(9), b integer DEFAULT 3);

-- case: defaults come
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b varchar(20), c boolean, d datetime, e decimal(6, 2), h date, i timestamp NULL, j bit(4), k double, l time, m year);
-- rows
INSERT INTO t (id) VALUES (1);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer DEFAULT 1, b varchar(20) DEFAULT 'it''s', c boolean DEFAULT true, d datetime DEFAULT CURRENT_TIMESTAMP, e decimal(6, 2) DEFAULT 1.50, h date DEFAULT '2026-01-31', i timestamp NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, j bit(4) DEFAULT b'1010', k double DEFAULT 1.5e10, l time DEFAULT '07:30:00', m year DEFAULT 2026);

-- case: defaults go
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer DEFAULT 1, b varchar(20) DEFAULT 'it''s', c boolean DEFAULT true, d datetime DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, e decimal(6, 2) DEFAULT 1.50, h date DEFAULT '2026-01-31');
-- rows
INSERT INTO t (id, d) VALUES (1, '2026-01-01');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b varchar(20), c boolean, d datetime, e decimal(6, 2), h date);

-- case: defaults change
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer DEFAULT 1, b varchar(20) DEFAULT 'old', c boolean DEFAULT true, d datetime DEFAULT CURRENT_TIMESTAMP, e decimal(6, 2) DEFAULT 1.50, f varchar(20) DEFAULT 'now()', g integer DEFAULT -1, h varchar(10) DEFAULT '');
-- rows
INSERT INTO t (id, d) VALUES (1, '2026-01-01');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer DEFAULT 2, b varchar(20) DEFAULT 'new', c boolean DEFAULT false, d datetime DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, e decimal(6, 2) DEFAULT 2.5, f varchar(20) DEFAULT (upper('x')), g integer DEFAULT -2147483648, h varchar(10) DEFAULT 'NULL');

-- case: defaults that are computed
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer DEFAULT (1 + 2), b varchar(40) DEFAULT (lower('X')), c json DEFAULT (json_array()), d text DEFAULT ('none'), e date DEFAULT (current_date + interval 1 day));

-- case: a default of words that need care
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(40), b varchar(40), c varchar(40), d varchar(40), e varchar(40));
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(40) DEFAULT 'two\nlines', b varchar(40) DEFAULT 'back\\slash', c varchar(40) DEFAULT '"quoted"', d varchar(40) DEFAULT '%s :x ?1 $1', e varchar(40) DEFAULT '日本語 ünï');

-- case: the precision of the time of a change
-- changes: t.a, t.b
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a timestamp NULL DEFAULT NULL, b datetime);
-- rows
INSERT INTO t VALUES (1, '2026-01-31 07:30:00', '2026-01-31 07:30:00');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a timestamp(3) NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3), b datetime(6) DEFAULT CURRENT_TIMESTAMP(6));

-- case: a key numbers itself
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id integer NOT NULL AUTO_INCREMENT PRIMARY KEY, a text);

-- case: a key numbers itself no more
-- before
CREATE TABLE t (id integer NOT NULL AUTO_INCREMENT PRIMARY KEY, a text);
-- rows
INSERT INTO t (a) VALUES ('x'), ('y');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a text);

-- case: a key that numbers itself gets big
-- before
CREATE TABLE t (id integer NOT NULL AUTO_INCREMENT PRIMARY KEY, a text);
-- rows
INSERT INTO t (a) VALUES ('x'), ('y');
-- after
CREATE TABLE t (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, a text);

-- case: a numbered column is added to rows
-- before
CREATE TABLE t (a varchar(9));
-- rows
INSERT INTO t VALUES ('x'), ('y'), ('z');
-- after
CREATE TABLE t (a varchar(9), id integer NOT NULL AUTO_INCREMENT, PRIMARY KEY (id));

-- case: another column numbers itself
-- limit: numbers one column of a table, and `n` is one
-- before
CREATE TABLE t (id integer NOT NULL AUTO_INCREMENT PRIMARY KEY, n integer NOT NULL, KEY by_n (n));
-- rows
INSERT INTO t VALUES (1, 5), (2, 6);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, n integer NOT NULL AUTO_INCREMENT, KEY by_n (n));

-- case: a numbered column that is no key
-- before
CREATE TABLE t (a integer NOT NULL PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1), (2);
-- after
CREATE TABLE t (a integer NOT NULL PRIMARY KEY, n bigint NOT NULL AUTO_INCREMENT UNIQUE);

-- case: a computed column is added
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer NOT NULL);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer NOT NULL, twice integer GENERATED ALWAYS AS (a * 2) VIRTUAL, thrice integer GENERATED ALWAYS AS (a * 3) STORED);

-- case: a computed column is computed otherwise
-- changes: t.b, t.c
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer NOT NULL, b integer AS (a * 2) STORED, c integer AS (a + 1) VIRTUAL, KEY by_b (b));
-- rows
INSERT INTO t (id, a) VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer NOT NULL, b integer AS (a * 3) STORED, c integer AS (a + 2) VIRTUAL, KEY by_b (b));

-- case: a stored column is computed when it is read
-- limit: DROP COLUMN `c`
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer NOT NULL, b integer AS (a * 2) STORED, c integer AS (a * 2) VIRTUAL);
-- rows
INSERT INTO t (id, a) VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer NOT NULL, b integer AS (a * 2) VIRTUAL, c integer AS (a * 2) STORED);

-- case: a computed column becomes a plain one
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer NOT NULL, b integer AS (a * 2) STORED);
-- rows
INSERT INTO t (id, a) VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer NOT NULL, b integer);

-- case: a plain column becomes a computed one
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer NOT NULL, b integer);
-- rows
INSERT INTO t VALUES (1, 2, 4);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer NOT NULL, b integer AS (a * 2) STORED);

-- case: a column that another is computed from changes its type
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer NOT NULL, b bigint AS (a * 2) STORED);
-- rows
INSERT INTO t (id, a) VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a bigint NOT NULL, b bigint AS (a * 2) STORED);

-- case: a computed column gets another type
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer NOT NULL, b integer AS (a * 2) STORED);
-- rows
INSERT INTO t (id, a) VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer NOT NULL, b bigint AS (a * 2) STORED);

-- case: another collation and another character set
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(20) COLLATE utf8mb4_bin, b varchar(20), c varchar(20) CHARACTER SET latin1, KEY by_a (a));
-- rows
INSERT INTO t VALUES (1, 'x', 'y', 'z');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(20) COLLATE utf8mb4_general_ci, b varchar(20) CHARACTER SET ascii COLLATE ascii_bin, c varchar(20), KEY by_a (a));

-- case: comments of columns
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a text COMMENT 'goes', b text COMMENT 'changes', c text);
-- rows
INSERT INTO t VALUES (1, 'x', 'y', 'z');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a text, b text COMMENT 'it''s another', c text COMMENT 'comes');

-- case: signs and zeros
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer unsigned, c bigint unsigned);
-- rows
INSERT INTO t VALUES (1, 2, 3, 4);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer unsigned, b integer, c bigint);

-- case: a column that is not seen
-- on: mariadb
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer);
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer INVISIBLE);

-- case: a column that is not seen any more
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer INVISIBLE);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 2, 3);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer);
