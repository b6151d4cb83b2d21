-- case: a primary key is added
-- before
CREATE TABLE t (id integer NOT NULL, a text);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text);

-- case: a primary key goes
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id integer, a text);

-- case: a primary key gets another column
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, tenant integer NOT NULL, a text);
-- rows
INSERT INTO t VALUES (1, 1, 'x');
-- after
CREATE TABLE t (id integer NOT NULL, tenant integer NOT NULL, a text, PRIMARY KEY (tenant, id));

-- case: a primary key moves to another column
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, code text NOT NULL);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id integer NOT NULL, code text NOT NULL PRIMARY KEY);

-- case: the columns of a primary key change their order
-- before
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, PRIMARY KEY (a, b));
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, PRIMARY KEY (b, a));

-- case: a key that may be empty
-- before
CREATE TABLE t (code text PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (NULL, 1), ('x', 2);
-- after
CREATE TABLE t (code text PRIMARY KEY, a integer, b text);

-- case: a key that may be empty any more
-- before
CREATE TABLE t (code text PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES ('x', 2);
-- after
CREATE TABLE t (code text NOT NULL PRIMARY KEY, a text);

-- case: a key in descending order
-- before
CREATE TABLE t (a text NOT NULL, b text NOT NULL, PRIMARY KEY (a, b));
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (a text NOT NULL, b text NOT NULL, PRIMARY KEY (a DESC, b COLLATE NOCASE));

-- case: what happens to a row whose key is taken
-- before
CREATE TABLE t (a text NOT NULL PRIMARY KEY, b integer UNIQUE);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (a text NOT NULL PRIMARY KEY ON CONFLICT REPLACE, b integer UNIQUE ON CONFLICT IGNORE);

-- case: unique constraints come
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b integer, c text);
-- rows
INSERT INTO t VALUES (1, 2, 3, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer UNIQUE, b integer, c text, UNIQUE (b, c), CONSTRAINT named UNIQUE (c));

-- case: unique constraints go
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer UNIQUE, b integer, c text, UNIQUE (b, c), CONSTRAINT named UNIQUE (c));
-- rows
INSERT INTO t VALUES (1, 2, 3, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b integer, c text);

-- case: a unique constraint changes its columns
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b integer, CONSTRAINT once UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b integer, CONSTRAINT once UNIQUE (a, b));

-- case: a unique constraint becomes an index
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, CONSTRAINT once UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer);
CREATE UNIQUE INDEX once ON t (a);

-- case: a foreign key comes
-- before
CREATE TABLE parent (id INTEGER PRIMARY KEY);
CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id integer);
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1, 1), (2, NULL);
-- after
CREATE TABLE parent (id INTEGER PRIMARY KEY);
CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id integer REFERENCES parent);

-- case: a foreign key goes
-- before
CREATE TABLE parent (id INTEGER PRIMARY KEY);
CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id integer REFERENCES parent ON DELETE CASCADE);
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1, 1);
-- after
CREATE TABLE parent (id INTEGER PRIMARY KEY);
CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id integer);

-- case: what a foreign key does changes
-- before
CREATE TABLE parent (id INTEGER PRIMARY KEY);
CREATE TABLE child (id INTEGER PRIMARY KEY, a integer REFERENCES parent, b integer REFERENCES parent ON DELETE CASCADE, c integer DEFAULT 1 REFERENCES parent ON UPDATE SET NULL, d integer REFERENCES parent ON DELETE RESTRICT ON UPDATE CASCADE);
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1, 1, 1, 1, 1);
-- after
CREATE TABLE parent (id INTEGER PRIMARY KEY);
CREATE TABLE child (id INTEGER PRIMARY KEY, a integer REFERENCES parent ON DELETE CASCADE, b integer REFERENCES parent ON DELETE SET NULL, c integer DEFAULT 1 REFERENCES parent ON UPDATE SET DEFAULT, d integer REFERENCES parent);

-- case: when a foreign key is checked changes
-- before
CREATE TABLE parent (id INTEGER PRIMARY KEY);
CREATE TABLE child (id INTEGER PRIMARY KEY, a integer REFERENCES parent, b integer REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1, 1, 1);
-- after
CREATE TABLE parent (id INTEGER PRIMARY KEY);
CREATE TABLE child (id INTEGER PRIMARY KEY, a integer REFERENCES parent DEFERRABLE INITIALLY DEFERRED, b integer REFERENCES parent);

-- case: a foreign key refers to another table
-- before
CREATE TABLE a (id INTEGER PRIMARY KEY);
CREATE TABLE b (id INTEGER PRIMARY KEY);
CREATE TABLE child (id INTEGER PRIMARY KEY, ref integer, CONSTRAINT to_it FOREIGN KEY (ref) REFERENCES a (id));
-- rows
INSERT INTO a VALUES (1);
INSERT INTO b VALUES (1);
INSERT INTO child VALUES (1, 1);
-- after
CREATE TABLE a (id INTEGER PRIMARY KEY);
CREATE TABLE b (id INTEGER PRIMARY KEY);
CREATE TABLE child (id INTEGER PRIMARY KEY, ref integer, CONSTRAINT to_it FOREIGN KEY (ref) REFERENCES b (id));

-- case: foreign keys of several columns
-- before
CREATE TABLE parent (a integer NOT NULL, b integer NOT NULL, c integer, PRIMARY KEY (a, b), UNIQUE (b, c));
CREATE TABLE child (id INTEGER PRIMARY KEY, x integer, y integer, FOREIGN KEY (x, y) REFERENCES parent);
-- rows
INSERT INTO parent VALUES (1, 2, 3);
INSERT INTO child VALUES (1, 1, 2);
-- after
CREATE TABLE parent (a integer NOT NULL, b integer NOT NULL, c integer, PRIMARY KEY (a, b), UNIQUE (b, c));
CREATE TABLE child (id INTEGER PRIMARY KEY, x integer, y integer, z integer, FOREIGN KEY (x, y) REFERENCES parent (a, b) ON UPDATE CASCADE, FOREIGN KEY (y, z) REFERENCES parent (b, c) ON DELETE CASCADE);

-- case: a table refers to itself
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, up integer);
-- rows
INSERT INTO t VALUES (1, NULL);
INSERT INTO t VALUES (2, 1);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, up integer REFERENCES t ON DELETE SET NULL);

-- case: a table that refers to itself is built anew
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, up integer REFERENCES t ON DELETE CASCADE);
-- rows
INSERT INTO t VALUES (1, 1);
INSERT INTO t VALUES (2, 1);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, up integer NOT NULL REFERENCES t ON DELETE CASCADE, b text UNIQUE);

-- case: a circle of foreign keys comes
-- before
CREATE TABLE a (id INTEGER PRIMARY KEY, b_id integer);
CREATE TABLE b (id INTEGER PRIMARY KEY, a_id integer);
-- rows
INSERT INTO a VALUES (1, 1);
INSERT INTO b VALUES (1, 1);
-- after
CREATE TABLE a (id INTEGER PRIMARY KEY, b_id integer REFERENCES b);
CREATE TABLE b (id INTEGER PRIMARY KEY, a_id integer REFERENCES a);

-- case: a circle of new tables
-- before
CREATE TABLE old (id INTEGER PRIMARY KEY);
-- after
CREATE TABLE a (id INTEGER PRIMARY KEY, b_id integer NOT NULL REFERENCES b);
CREATE TABLE b (id INTEGER PRIMARY KEY, a_id integer NOT NULL REFERENCES a DEFERRABLE INITIALLY DEFERRED);

-- case: a circle of tables goes
-- before
CREATE TABLE a (id INTEGER PRIMARY KEY, b_id integer NOT NULL REFERENCES b);
CREATE TABLE b (id INTEGER PRIMARY KEY, a_id integer NOT NULL REFERENCES a DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE kept (id INTEGER PRIMARY KEY, a_id integer REFERENCES a);
-- rows
INSERT INTO kept VALUES (1, NULL);
-- after
CREATE TABLE kept (id INTEGER PRIMARY KEY, a_id integer);

-- case: a parent is built anew, and its children stay
-- before
CREATE TABLE parent (id INTEGER PRIMARY KEY, a text);
CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id integer NOT NULL REFERENCES parent ON DELETE CASCADE);
-- rows
INSERT INTO parent VALUES (1, 5), (2, 6);
INSERT INTO child VALUES (1, 1), (2, 2);
-- after
CREATE TABLE parent (id INTEGER PRIMARY KEY, a integer NOT NULL DEFAULT 0 CHECK (a >= 0));
CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id integer NOT NULL REFERENCES parent ON DELETE CASCADE);

-- case: checks come
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b integer, c text);
-- rows
INSERT INTO t VALUES (1, 2, 3, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer CHECK (a > 0), b integer CONSTRAINT b_is_small CHECK (b < 100), c text, CHECK (a < b), CHECK (c IN ('x', 'y') OR c IS NULL));

-- case: checks go
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer CHECK (a > 0), b integer CONSTRAINT b_is_small CHECK (b < 100), c text, CHECK (a < b), CHECK (c IN ('x', 'y') OR c IS NULL));
-- rows
INSERT INTO t VALUES (1, 2, 3, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b integer, c text);

-- case: checks change
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer CHECK (a > 0), b integer CONSTRAINT b_is_small CHECK (b < 100), c text CHECK (c GLOB '[a-z]*'));
-- rows
INSERT INTO t VALUES (1, 2, 3, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer CHECK (a > 1), b integer CONSTRAINT b_is_small CHECK (b < 1000 AND b IS NOT NULL), c text CHECK (c LIKE 'x%' ESCAPE '!'));

-- case: a check gets another name
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer CONSTRAINT old_name CHECK (a > 0));
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer CONSTRAINT new_name CHECK (a > 0));

-- case: a check that parenthesizes, quotes and remarks
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text CHECK ((length(a) > 0 AND a <> ')') OR (a = '--' /* ( */ AND id = 1) -- )
));
