-- case: a primary key is added
-- before
CREATE TABLE t (id integer NOT NULL, a text);
-- rows
INSERT INTO t VALUES (1, 'x'), (2, 'y');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a text);

-- case: a primary key goes
-- before
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id integer, a text);

-- case: a primary key gets another column
-- before
CREATE TABLE t (id integer PRIMARY KEY, tenant integer NOT NULL, a text);
-- rows
INSERT INTO t VALUES (1, 1, 'x');
-- after
CREATE TABLE t (id integer, tenant integer NOT NULL, a text, PRIMARY KEY (tenant, id));

-- case: a primary key moves to another column
-- before
CREATE TABLE t (id integer PRIMARY KEY, code text NOT NULL);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id integer NOT NULL, code text PRIMARY KEY);

-- case: the columns of a primary key change their order
-- before
CREATE TABLE t (a integer, b integer, PRIMARY KEY (a, b));
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (a integer, b integer, PRIMARY KEY (b, a));

-- case: a primary key gets a name
-- before
CREATE TABLE t (id integer PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE TABLE t (id integer, CONSTRAINT the_key PRIMARY KEY (id));

-- case: a primary key moves under a foreign key
-- before
CREATE TABLE parent (id integer PRIMARY KEY, code text NOT NULL UNIQUE);
CREATE TABLE child (id integer PRIMARY KEY, parent_id integer NOT NULL, CONSTRAINT to_parent FOREIGN KEY (parent_id) REFERENCES parent (id));
-- rows
INSERT INTO parent VALUES (1, 'one');
INSERT INTO child VALUES (1, 1);
-- after
CREATE TABLE parent (id integer UNIQUE, code text NOT NULL PRIMARY KEY);
CREATE TABLE child (id integer PRIMARY KEY, parent_id integer NOT NULL, CONSTRAINT to_parent FOREIGN KEY (parent_id) REFERENCES parent (id));

-- case: a key that is checked later
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer UNIQUE);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY DEFERRABLE INITIALLY DEFERRED, a integer UNIQUE DEFERRABLE);

-- case: what a key brings with it
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text);
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- after
CREATE TABLE t (id integer, a integer, b text, PRIMARY KEY (id) INCLUDE (b), UNIQUE (a) INCLUDE (b));

-- case: unique constraints come
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, c text);
-- rows
INSERT INTO t VALUES (1, 2, 3, 'x');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer UNIQUE, b integer, c text, UNIQUE (b, c), CONSTRAINT named UNIQUE (c));

-- case: unique constraints go
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer UNIQUE, b integer, c text, UNIQUE (b, c), CONSTRAINT named UNIQUE (c));
-- rows
INSERT INTO t VALUES (1, 2, 3, 'x');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, c text);

-- case: a unique constraint changes its columns
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, CONSTRAINT once UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, CONSTRAINT once UNIQUE (a, b));

-- case: a unique constraint becomes an index
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, CONSTRAINT once UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE UNIQUE INDEX once ON t (a);

-- case: nulls are alike
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, NULL);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer, UNIQUE NULLS NOT DISTINCT (a));

-- case: a unique constraint under a foreign key changes
-- before
CREATE TABLE parent (id integer PRIMARY KEY, a integer, b integer, CONSTRAINT once UNIQUE (a));
CREATE TABLE child (id integer PRIMARY KEY, a integer REFERENCES parent (a));
-- rows
INSERT INTO parent VALUES (1, 2, 3);
INSERT INTO child VALUES (1, 2);
-- after
CREATE TABLE parent (id integer PRIMARY KEY, a integer, b integer, CONSTRAINT once UNIQUE (a) DEFERRABLE, CONSTRAINT other UNIQUE (a));
CREATE TABLE child (id integer PRIMARY KEY, a integer REFERENCES parent (a));

-- case: a foreign key comes
-- before
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE child (id integer PRIMARY KEY, parent_id integer);
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1, 1), (2, NULL);
-- after
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE child (id integer PRIMARY KEY, parent_id integer REFERENCES parent);

-- case: a foreign key goes
-- before
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE child (id integer PRIMARY KEY, parent_id integer REFERENCES parent ON DELETE CASCADE);
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1, 1);
-- after
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE child (id integer PRIMARY KEY, parent_id integer);

-- case: what a foreign key does changes
-- before
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE child (id integer PRIMARY KEY, a integer REFERENCES parent, b integer REFERENCES parent ON DELETE CASCADE, c integer DEFAULT 1 REFERENCES parent ON UPDATE SET NULL, d integer REFERENCES parent ON DELETE RESTRICT ON UPDATE CASCADE);
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1, 1, 1, 1, 1);
-- after
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE child (id integer PRIMARY KEY, a integer REFERENCES parent ON DELETE CASCADE, b integer REFERENCES parent ON DELETE SET NULL, c integer DEFAULT 1 REFERENCES parent ON UPDATE SET DEFAULT, d integer REFERENCES parent);

-- case: when a foreign key is checked changes
-- before
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE child (id integer PRIMARY KEY, a integer REFERENCES parent, b integer REFERENCES parent DEFERRABLE, c integer REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1, 1, 1, 1);
-- after
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE child (id integer PRIMARY KEY, a integer REFERENCES parent DEFERRABLE INITIALLY DEFERRED, b integer REFERENCES parent, c integer REFERENCES parent DEFERRABLE);

-- case: a foreign key refers to another table
-- before
CREATE TABLE a (id integer PRIMARY KEY);
CREATE TABLE b (id integer PRIMARY KEY);
CREATE TABLE child (id integer PRIMARY KEY, ref integer, CONSTRAINT to_it FOREIGN KEY (ref) REFERENCES a);
-- rows
INSERT INTO a VALUES (1);
INSERT INTO b VALUES (1);
INSERT INTO child VALUES (1, 1);
-- after
CREATE TABLE a (id integer PRIMARY KEY);
CREATE TABLE b (id integer PRIMARY KEY);
CREATE TABLE child (id integer PRIMARY KEY, ref integer, CONSTRAINT to_it FOREIGN KEY (ref) REFERENCES b);

-- case: foreign keys of several columns
-- before
CREATE TABLE parent (a integer, b integer, c integer, PRIMARY KEY (a, b), UNIQUE (b, c));
CREATE TABLE child (id integer PRIMARY KEY, x integer, y integer, FOREIGN KEY (x, y) REFERENCES parent);
-- rows
INSERT INTO parent VALUES (1, 2, 3);
INSERT INTO child VALUES (1, 1, 2);
-- after
CREATE TABLE parent (a integer, b integer, c integer, PRIMARY KEY (a, b), UNIQUE (b, c));
CREATE TABLE child (id integer PRIMARY KEY, x integer, y integer, z integer, FOREIGN KEY (x, y) REFERENCES parent MATCH FULL, FOREIGN KEY (y, z) REFERENCES parent (b, c) ON DELETE CASCADE);

-- case: only some columns are set to null
-- before
CREATE TABLE parent (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE child (id integer PRIMARY KEY, a integer NOT NULL, b integer, FOREIGN KEY (a, b) REFERENCES parent);
-- rows
INSERT INTO parent VALUES (1, 2);
INSERT INTO child VALUES (1, 1, 2);
-- after
CREATE TABLE parent (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE child (id integer PRIMARY KEY, a integer NOT NULL, b integer, FOREIGN KEY (a, b) REFERENCES parent ON DELETE SET NULL (b));

-- case: a table refers to itself
-- before
CREATE TABLE t (id integer PRIMARY KEY, up integer);
-- rows
INSERT INTO t VALUES (1, NULL), (2, 1);
-- after
CREATE TABLE t (id integer PRIMARY KEY, up integer REFERENCES t ON DELETE SET NULL);

-- case: a circle of foreign keys comes
-- before
CREATE TABLE a (id integer PRIMARY KEY, b_id integer);
CREATE TABLE b (id integer PRIMARY KEY, a_id integer);
-- rows
INSERT INTO a VALUES (1, 1);
INSERT INTO b VALUES (1, 1);
-- after
CREATE TABLE a (id integer PRIMARY KEY, b_id integer);
CREATE TABLE b (id integer PRIMARY KEY, a_id integer REFERENCES a);
ALTER TABLE a ADD CONSTRAINT a_b FOREIGN KEY (b_id) REFERENCES b;

-- case: a circle of new tables
-- before
CREATE TABLE old (id integer PRIMARY KEY);
-- after
CREATE TABLE a (id integer PRIMARY KEY, b_id integer NOT NULL);
CREATE TABLE b (id integer PRIMARY KEY, c_id integer NOT NULL);
CREATE TABLE c (id integer PRIMARY KEY, a_id integer NOT NULL REFERENCES a DEFERRABLE);
ALTER TABLE a ADD CONSTRAINT a_b FOREIGN KEY (b_id) REFERENCES b DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE b ADD CONSTRAINT b_c FOREIGN KEY (c_id) REFERENCES c;

-- case: a circle of tables goes
-- before
CREATE TABLE a (id integer PRIMARY KEY, b_id integer NOT NULL);
CREATE TABLE b (id integer PRIMARY KEY, a_id integer NOT NULL REFERENCES a);
ALTER TABLE a ADD CONSTRAINT a_b FOREIGN KEY (b_id) REFERENCES b DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE kept (id integer PRIMARY KEY, a_id integer REFERENCES a);
-- rows
INSERT INTO kept VALUES (1, NULL);
-- after
CREATE TABLE kept (id integer PRIMARY KEY, a_id integer);

-- case: a foreign key that is not checked yet
-- before
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE child (id integer PRIMARY KEY, parent_id integer);
-- rows
INSERT INTO child VALUES (1, 7);
-- after
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE child (id integer PRIMARY KEY, parent_id integer);
ALTER TABLE child ADD CONSTRAINT to_parent FOREIGN KEY (parent_id) REFERENCES parent NOT VALID;

-- case: checks come
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, c text);
-- rows
INSERT INTO t VALUES (1, 2, 3, 'x');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer CHECK (a > 0), b integer CONSTRAINT b_is_small CHECK (b < 100), c text, CHECK (a < b), CHECK (c IN ('x', 'y') OR c IS NULL));

-- case: checks go
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer CHECK (a > 0), b integer CONSTRAINT b_is_small CHECK (b < 100), c text, CHECK (a < b), CHECK (c IN ('x', 'y') OR c IS NULL));
-- rows
INSERT INTO t VALUES (1, 2, 3, 'x');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, c text);

-- case: checks change
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer CHECK (a > 0), b integer CONSTRAINT b_is_small CHECK (b < 100), c text CHECK (c ~ '^[a-z]+$'), d text CHECK (d LIKE 'a%'));
-- rows
INSERT INTO t VALUES (1, 2, 3, 'x', 'ab');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer CHECK (a > 1), b integer CONSTRAINT b_is_small CHECK (b < 1000 AND b IS NOT NULL), c text CHECK (c ~ '^[a-z]*$'), d text CHECK (lower(d) LIKE 'a%' ESCAPE '!'));

-- case: a check gets another name
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer CONSTRAINT old_name CHECK (a > 0));
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer CONSTRAINT new_name CHECK (a > 0));

-- case: a check that is not checked yet, and one that is not inherited
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer CONSTRAINT b_small CHECK (b < 9) NO INHERIT);
-- rows
INSERT INTO t VALUES (1, -2, 3);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer CONSTRAINT b_small CHECK (b < 9));
ALTER TABLE t ADD CONSTRAINT a_positive CHECK (a > 0) NOT VALID;

-- case: a check that calls a function
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE FUNCTION is_even(n integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT n % 2 = 0';
CREATE TABLE t (id integer PRIMARY KEY, a integer CHECK (is_even(a)));

-- case: two rows must not overlap
-- before
CREATE TABLE t (id integer PRIMARY KEY, during tsrange, room int4range);
-- rows
INSERT INTO t VALUES (1, '[2026-01-01,2026-01-02)', '[1,2)');
-- after
CREATE TABLE t (id integer PRIMARY KEY, during tsrange, room int4range, CONSTRAINT apart EXCLUDE USING gist (during WITH &&, room WITH =) WHERE (id > 0));

-- case: an exclusion changes and another goes
-- before
CREATE TABLE t (id integer PRIMARY KEY, a int4range, b int4range, CONSTRAINT a_apart EXCLUDE USING gist (a WITH &&), CONSTRAINT b_apart EXCLUDE USING gist (b WITH &&));
-- rows
INSERT INTO t VALUES (1, '[1,2)', '[3,4)');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a int4range, b int4range, CONSTRAINT a_apart EXCLUDE USING gist (a WITH &&, b WITH &&) DEFERRABLE);

-- case: comments of constraints and indexes
-- limit: -comment table constraint positive on public.t why
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer CONSTRAINT positive CHECK (a > 0));
CREATE INDEX t_a ON t (a);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer CONSTRAINT positive CHECK (a > 0));
CREATE INDEX t_a ON t (a);
COMMENT ON CONSTRAINT positive ON t IS 'why';
COMMENT ON INDEX t_a IS 'for what';

-- case: names that the server makes are taken
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, CONSTRAINT t_a_check CHECK (id > 0));
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer, CONSTRAINT t_a_check CHECK (id > 0));
ALTER TABLE t ADD CHECK (a > 0);
