-- case: a primary key is added
-- before
CREATE TABLE t (id integer NOT NULL, a text);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a text);

-- case: a primary key goes
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id integer NOT NULL, a text);

-- case: a primary key gets another column
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, tenant integer NOT NULL, a text);
-- rows
INSERT INTO t VALUES (1, 1, 'x');
-- after
CREATE TABLE t (id integer NOT NULL, tenant integer NOT NULL, a text, PRIMARY KEY (tenant, id));

-- case: a primary key moves to another column
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, code varchar(20) NOT NULL);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id integer NOT NULL, code varchar(20) NOT NULL PRIMARY KEY);

-- case: the columns of a primary key change their order
-- before
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, PRIMARY KEY (a, b));
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, PRIMARY KEY (b, a));

-- case: the key of a table that numbers itself gets another column
-- before
CREATE TABLE t (id integer NOT NULL AUTO_INCREMENT, a integer NOT NULL, PRIMARY KEY (id));
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL AUTO_INCREMENT, a integer NOT NULL, PRIMARY KEY (id, a));

-- case: a part of a text is the key
-- before
CREATE TABLE t (a varchar(100) NOT NULL, b text NOT NULL, PRIMARY KEY (a));
-- rows
INSERT INTO t VALUES ('a', 'b');
-- after
CREATE TABLE t (a varchar(100) NOT NULL, b text NOT NULL, PRIMARY KEY (b(10)));

-- case: unique keys come
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, c varchar(20));
-- rows
INSERT INTO t VALUES (1, 2, 3, 'x');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer UNIQUE, b integer, c varchar(20), UNIQUE KEY (b, c), CONSTRAINT named UNIQUE (c));

-- case: unique keys go
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer UNIQUE, b integer, c varchar(20), UNIQUE KEY (b, c), CONSTRAINT named UNIQUE (c));
-- rows
INSERT INTO t VALUES (1, 2, 3, 'x');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, c varchar(20));

-- case: a unique key changes its columns
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, UNIQUE KEY once (a));
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, UNIQUE KEY once (a, b));

-- case: a unique key becomes a plain one
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, UNIQUE KEY a (a), KEY b (b));
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, KEY a (a), UNIQUE KEY b (b));

-- case: a foreign key comes
-- before
CREATE TABLE parent (id integer NOT NULL PRIMARY KEY);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, parent_id integer);
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1, 1), (2, NULL);
-- after
CREATE TABLE parent (id integer NOT NULL PRIMARY KEY);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, parent_id integer, FOREIGN KEY (parent_id) REFERENCES parent (id));

-- case: a foreign key goes, and its index stays
-- before
CREATE TABLE parent (id integer NOT NULL PRIMARY KEY);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, parent_id integer, CONSTRAINT up FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE CASCADE);
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1, 1);
-- after
CREATE TABLE parent (id integer NOT NULL PRIMARY KEY);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, parent_id integer, KEY up (parent_id));

-- case: a foreign key goes, and its index with it
-- before
CREATE TABLE parent (id integer NOT NULL PRIMARY KEY);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, parent_id integer, CONSTRAINT up FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE CASCADE);
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1, 1);
-- after
CREATE TABLE parent (id integer NOT NULL PRIMARY KEY);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, parent_id integer);

-- case: a foreign key without a name goes
-- before
CREATE TABLE parent (id integer NOT NULL PRIMARY KEY);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, parent_id integer, FOREIGN KEY (parent_id) REFERENCES parent (id));
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1, 1);
-- after
CREATE TABLE parent (id integer NOT NULL PRIMARY KEY);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, parent_id integer);

-- case: a foreign key without a name changes
-- limit: +  KEY child_ibfk_1 parent_id
-- before
CREATE TABLE parent (id integer NOT NULL PRIMARY KEY);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, parent_id integer, FOREIGN KEY (parent_id) REFERENCES parent (id));
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1, 1);
-- after
CREATE TABLE parent (id integer NOT NULL PRIMARY KEY);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, parent_id integer, FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE CASCADE);

-- case: foreign keys without names
-- before
CREATE TABLE parent (id integer NOT NULL PRIMARY KEY);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, a integer, b integer, FOREIGN KEY (a) REFERENCES parent (id));
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1, 1, 1);
-- after
CREATE TABLE parent (id integer NOT NULL PRIMARY KEY);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, a integer, b integer, n integer, KEY both_of (b, n), FOREIGN KEY (a) REFERENCES parent (id), FOREIGN KEY (b) REFERENCES parent (id));

-- case: what a foreign key does changes
-- before
CREATE TABLE parent (id integer NOT NULL PRIMARY KEY);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, a integer, b integer, d integer, CONSTRAINT a_up FOREIGN KEY (a) REFERENCES parent (id), CONSTRAINT b_up FOREIGN KEY (b) REFERENCES parent (id) ON DELETE CASCADE, CONSTRAINT d_up FOREIGN KEY (d) REFERENCES parent (id) ON DELETE RESTRICT ON UPDATE CASCADE);
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1, 1, 1, 1);
-- after
CREATE TABLE parent (id integer NOT NULL PRIMARY KEY);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, a integer, b integer, d integer, CONSTRAINT a_up FOREIGN KEY (a) REFERENCES parent (id) ON DELETE CASCADE, CONSTRAINT b_up FOREIGN KEY (b) REFERENCES parent (id) ON DELETE SET NULL, CONSTRAINT d_up FOREIGN KEY (d) REFERENCES parent (id));

-- case: a foreign key refers to another table
-- before
CREATE TABLE a (id integer NOT NULL PRIMARY KEY);
CREATE TABLE b (id integer NOT NULL PRIMARY KEY);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, ref integer, CONSTRAINT to_it FOREIGN KEY (ref) REFERENCES a (id));
-- rows
INSERT INTO a VALUES (1);
INSERT INTO b VALUES (1);
INSERT INTO child VALUES (1, 1);
-- after
CREATE TABLE a (id integer NOT NULL PRIMARY KEY);
CREATE TABLE b (id integer NOT NULL PRIMARY KEY);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, ref integer, CONSTRAINT to_it FOREIGN KEY (ref) REFERENCES b (id));

-- case: foreign keys of several columns
-- before
CREATE TABLE parent (a integer NOT NULL, b integer NOT NULL, c integer NOT NULL, PRIMARY KEY (a, b), UNIQUE KEY bc (b, c));
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, x integer, y integer, CONSTRAINT xy FOREIGN KEY (x, y) REFERENCES parent (a, b));
-- rows
INSERT INTO parent VALUES (1, 2, 3);
INSERT INTO child VALUES (1, 1, 2);
-- after
CREATE TABLE parent (a integer NOT NULL, b integer NOT NULL, c integer NOT NULL, PRIMARY KEY (a, b), UNIQUE KEY bc (b, c));
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, x integer, y integer, z integer, CONSTRAINT xy FOREIGN KEY (x, y) REFERENCES parent (a, b) ON UPDATE CASCADE, CONSTRAINT yz FOREIGN KEY (y, z) REFERENCES parent (b, c) ON DELETE CASCADE);

-- case: a table refers to itself
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, up integer);
-- rows
INSERT INTO t VALUES (1, NULL);
INSERT INTO t VALUES (2, 1);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, up integer, CONSTRAINT up FOREIGN KEY (up) REFERENCES t (id) ON DELETE SET NULL);

-- case: a circle of foreign keys comes
-- before
CREATE TABLE a (id integer NOT NULL PRIMARY KEY, b_id integer);
CREATE TABLE b (id integer NOT NULL PRIMARY KEY, a_id integer);
-- rows
INSERT INTO a VALUES (1, 1);
INSERT INTO b VALUES (1, 1);
-- after
CREATE TABLE a (id integer NOT NULL PRIMARY KEY, b_id integer);
CREATE TABLE b (id integer NOT NULL PRIMARY KEY, a_id integer, CONSTRAINT to_a FOREIGN KEY (a_id) REFERENCES a (id));
ALTER TABLE a ADD CONSTRAINT to_b FOREIGN KEY (b_id) REFERENCES b (id);

-- case: a circle of new tables
-- before
CREATE TABLE old (id integer NOT NULL PRIMARY KEY);
-- after
CREATE TABLE a (id integer NOT NULL PRIMARY KEY, b_id integer NOT NULL);
CREATE TABLE b (id integer NOT NULL PRIMARY KEY, a_id integer NOT NULL, CONSTRAINT to_a FOREIGN KEY (a_id) REFERENCES a (id));
ALTER TABLE a ADD CONSTRAINT to_b FOREIGN KEY (b_id) REFERENCES b (id);

-- case: a circle of tables goes
-- before
CREATE TABLE a (id integer NOT NULL PRIMARY KEY, b_id integer NOT NULL);
CREATE TABLE b (id integer NOT NULL PRIMARY KEY, a_id integer NOT NULL, CONSTRAINT to_a FOREIGN KEY (a_id) REFERENCES a (id));
ALTER TABLE a ADD CONSTRAINT to_b FOREIGN KEY (b_id) REFERENCES b (id);
CREATE TABLE kept (id integer NOT NULL PRIMARY KEY, a_id integer, CONSTRAINT kept_a FOREIGN KEY (a_id) REFERENCES a (id));
-- rows
INSERT INTO kept VALUES (1, NULL);
-- after
CREATE TABLE kept (id integer NOT NULL PRIMARY KEY, a_id integer);

-- case: an index that a foreign key needs changes
-- before
CREATE TABLE parent (id integer NOT NULL PRIMARY KEY);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, parent_id integer, n integer, KEY by_parent (parent_id), CONSTRAINT up FOREIGN KEY (parent_id) REFERENCES parent (id));
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1, 1, 2);
-- after
CREATE TABLE parent (id integer NOT NULL PRIMARY KEY);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, parent_id integer, n integer, KEY by_parent (parent_id, n), CONSTRAINT up FOREIGN KEY (parent_id) REFERENCES parent (id));

-- case: an index that a foreign key needs goes, and another does
-- before
CREATE TABLE parent (id integer NOT NULL PRIMARY KEY);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, parent_id integer, n integer, KEY by_parent (parent_id), CONSTRAINT up FOREIGN KEY (parent_id) REFERENCES parent (id));
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1, 1, 2);
-- after
CREATE TABLE parent (id integer NOT NULL PRIMARY KEY);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, parent_id integer, n integer, UNIQUE KEY once (parent_id, n), CONSTRAINT up FOREIGN KEY (parent_id) REFERENCES parent (id));

-- case: checks come
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, c varchar(9));
-- rows
INSERT INTO t VALUES (1, 2, 3, 'x');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, c varchar(9), CONSTRAINT positive CHECK (a > 0), CONSTRAINT b_is_small CHECK (b < 100 AND a < b), CONSTRAINT c_known CHECK (c IN ('x', 'y') OR c IS NULL));

-- case: checks go
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, c varchar(9), CONSTRAINT positive CHECK (a > 0), CONSTRAINT b_is_small CHECK (b < 100), CONSTRAINT c_known CHECK (c IN ('x', 'y') OR c IS NULL));
-- rows
INSERT INTO t VALUES (1, 2, 3, 'x');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, c varchar(9));

-- case: checks without names
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, CHECK (a > 0));
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, CHECK (a > 0), CHECK (b > 1));

-- case: checks of columns
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer CHECK (a > 0), b integer);
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer CHECK (b > 0));

-- case: checks change
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, c varchar(9), CONSTRAINT positive CHECK (a > 0), CONSTRAINT b_is_small CHECK (b < 100), CONSTRAINT c_known CHECK (c REGEXP '^[a-z]+$'));
-- rows
INSERT INTO t VALUES (1, 2, 3, 'x');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b integer, c varchar(9), CONSTRAINT positive CHECK (a > 1), CONSTRAINT b_is_small CHECK (b < 1000 AND b IS NOT NULL), CONSTRAINT c_known CHECK (lower(c) LIKE 'x%'));

-- case: a check gets another name
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, CONSTRAINT old_name CHECK (a > 0));
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, CONSTRAINT new_name CHECK (a > 0));
