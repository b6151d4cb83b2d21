-- case: sequences
-- before
CREATE SEQUENCE gone;
CREATE SEQUENCE other START 5;
-- after
CREATE SEQUENCE other START WITH 5 INCREMENT BY 2 MINVALUE 1 MAXVALUE 1000 CACHE 10 CYCLE;
CREATE SEQUENCE fresh;

-- case: a column is numbered by a sequence
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, n integer);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE SEQUENCE numbers START 100;
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, n integer DEFAULT (next value for numbers));

-- case: rows that were are kept
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer) WITH SYSTEM VERSIONING;

-- case: a table of what was changes
-- limit: Change @@system_versioning_alter_history to proceed with ALTER
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer) WITH SYSTEM VERSIONING;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer) WITH SYSTEM VERSIONING;

-- case: types of MariaDB
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a uuid, b inet6, c json);

-- case: the default of a text
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, 'z');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a text NOT NULL DEFAULT 'x', b blob DEFAULT 'y');
