-- case: indexes come
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c jsonb, d text[], e tsvector, f int4range, g timestamptz);
-- rows
INSERT INTO t VALUES (1, 2, 'x', '{"a": 1}', '{a}', 'a b', '[1,2)', now());
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c jsonb, d text[], e tsvector, f int4range, g timestamptz);
CREATE INDEX ON t (a);
CREATE UNIQUE INDEX once ON t (b);
CREATE INDEX several ON t (a, b DESC, g);
CREATE INDEX lowered ON t (lower(b));
CREATE INDEX partial ON t (a) WHERE b IS NOT NULL;
CREATE INDEX hashed ON t USING hash (b);
CREATE INDEX ginned ON t USING gin (c);
CREATE INDEX ginned_path ON t USING gin (c jsonb_path_ops);
CREATE INDEX arrays ON t USING gin (d);
CREATE INDEX words ON t USING gin (e);
CREATE INDEX ranges ON t USING gist (f);
CREATE INDEX blocks ON t USING brin (g) WITH (pages_per_range = 64);
CREATE INDEX path ON t ((c ->> 'a'));

-- case: indexes go
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c jsonb);
CREATE INDEX ON t (a);
CREATE UNIQUE INDEX once ON t (b);
CREATE INDEX lowered ON t (lower(b)) WHERE a > 0;
CREATE INDEX ginned ON t USING gin (c);
-- rows
INSERT INTO t VALUES (1, 2, 'x', '{}');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c jsonb);

-- case: an index gets to be unique, and one gets to be plain
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
CREATE INDEX t_a ON t (a);
CREATE UNIQUE INDEX t_b ON t (b);
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
CREATE UNIQUE INDEX t_a ON t (a);
CREATE INDEX t_b ON t (b);

-- case: the columns of an index change
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, c integer);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (a, b);
CREATE INDEX k ON t (a, b, c);
-- rows
INSERT INTO t VALUES (1, 2, 3, 4);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, c integer);
CREATE INDEX i ON t (a, b);
CREATE INDEX j ON t (b, a);
CREATE INDEX k ON t (c);

-- case: the order of an index changes
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (a DESC);
CREATE INDEX k ON t (a DESC NULLS LAST, b);
-- rows
INSERT INTO t VALUES (1, 2, 3);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
CREATE INDEX i ON t (a DESC);
CREATE INDEX j ON t (a NULLS FIRST);
CREATE INDEX k ON t (a, b DESC NULLS LAST);

-- case: the condition of an index changes
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, gone timestamptz, state text);
CREATE UNIQUE INDEX i ON t (a) WHERE gone IS NULL;
CREATE INDEX j ON t (a) WHERE state = 'open';
CREATE INDEX k ON t (a);
CREATE INDEX l ON t (a) WHERE a > 0;
-- rows
INSERT INTO t VALUES (1, 2, NULL, 'open');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer, gone timestamptz, state text);
CREATE UNIQUE INDEX i ON t (a) WHERE gone IS NOT NULL;
CREATE INDEX j ON t (a) WHERE state IN ('open', 'late');
CREATE INDEX k ON t (a) WHERE a BETWEEN 1 AND 10;
CREATE INDEX l ON t (a);

-- case: the expression of an index changes
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c jsonb);
CREATE INDEX i ON t (lower(b));
CREATE INDEX j ON t ((a + 1));
CREATE INDEX k ON t (coalesce(b, ''), (c ->> 'x'));
-- rows
INSERT INTO t VALUES (1, 2, 'x', '{}');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c jsonb);
CREATE INDEX i ON t (upper(b));
CREATE INDEX j ON t ((a + 2), a);
CREATE INDEX k ON t (coalesce(b, 'none'), ((c ->> 'x')::integer));

-- case: what an index includes and how it is kept
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c text);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (a) INCLUDE (b);
CREATE INDEX k ON t (a) WITH (fillfactor = 70);
-- rows
INSERT INTO t VALUES (1, 2, 'x', 'y');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c text);
CREATE INDEX i ON t (a) INCLUDE (b, c);
CREATE INDEX j ON t (a) INCLUDE (c);
CREATE INDEX k ON t (a) WITH (fillfactor = 90);

-- case: the method and the classes of an index
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c text);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (b);
CREATE INDEX k ON t (c COLLATE "C");
-- rows
INSERT INTO t VALUES (1, 2, 'x', 'y');
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c text);
CREATE INDEX i ON t USING brin (a);
CREATE INDEX j ON t (b text_pattern_ops);
CREATE INDEX k ON t (c);

-- case: an index is renamed
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE INDEX old_name ON t (a);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE INDEX new_name ON t (a);

-- case: an index of a new column with a new function
-- before
CREATE TABLE t (id integer PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE FUNCTION squash(t text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT lower(t) $$;
CREATE TABLE t (id integer PRIMARY KEY, name text);
CREATE UNIQUE INDEX t_name ON t (squash(name)) WHERE name <> '';

-- case: nulls are alike in an index
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE UNIQUE INDEX i ON t (a);
-- rows
INSERT INTO t VALUES (1, NULL);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT;

-- case: an index of a materialized view
-- limit: -relation m_a i p
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE MATERIALIZED VIEW m AS SELECT a, count(*) AS n FROM t GROUP BY a;
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE MATERIALIZED VIEW m AS SELECT a, count(*) AS n FROM t GROUP BY a;
CREATE UNIQUE INDEX m_a ON m (a);
CREATE INDEX m_n ON m (n DESC);

-- case: a view with an index changes
-- limit: -relation m_a i p
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE MATERIALIZED VIEW m AS SELECT a, count(*) AS n FROM t GROUP BY a;
CREATE UNIQUE INDEX m_a ON m (a);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE MATERIALIZED VIEW m AS SELECT a, sum(id) AS n FROM t GROUP BY a;
CREATE UNIQUE INDEX m_a ON m (a);

-- case: which index a table follows
-- limit: -relation t r p  f f i heap
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL);
CREATE UNIQUE INDEX t_a ON t (a);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL);
CREATE UNIQUE INDEX t_a ON t (a);
CLUSTER t USING t_a;
ALTER TABLE t REPLICA IDENTITY USING INDEX t_a;
