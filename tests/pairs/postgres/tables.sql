-- case: a table is added
-- before
CREATE TABLE t (id integer PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE u (id bigserial PRIMARY KEY, t_id integer NOT NULL REFERENCES t ON DELETE CASCADE, name varchar(40) NOT NULL UNIQUE, made timestamptz NOT NULL DEFAULT now(), price numeric(10, 2) CHECK (price >= 0));
CREATE INDEX u_t ON u (t_id);
COMMENT ON TABLE u IS 'Belongs to t';
COMMENT ON COLUMN u.price IS 'in cents? no';

-- case: a table is dropped
-- before
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE u (id bigserial PRIMARY KEY, t_id integer NOT NULL REFERENCES t ON DELETE CASCADE, name varchar(40) NOT NULL UNIQUE, made timestamptz NOT NULL DEFAULT now(), price numeric(10, 2) CHECK (price >= 0));
CREATE INDEX u_t ON u (t_id);
COMMENT ON TABLE u IS 'Belongs to t';
-- rows
INSERT INTO t VALUES (1);
INSERT INTO u (t_id, name) VALUES (1, 'x');
-- after
CREATE TABLE t (id integer PRIMARY KEY);

-- case: every table is dropped
-- before
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE u (id bigserial PRIMARY KEY, t_id integer NOT NULL REFERENCES t);
CREATE VIEW v AS SELECT t.id FROM t JOIN u ON t.id = u.t_id;
-- after

-- case: tables in the order in which they need each other
-- before
CREATE TABLE z (id integer PRIMARY KEY);
-- after
CREATE TABLE z (id integer PRIMARY KEY);
CREATE TABLE d (id integer PRIMARY KEY, z_id integer REFERENCES z);
CREATE TABLE c (id integer PRIMARY KEY, d_id integer REFERENCES d);
CREATE TABLE b (id integer PRIMARY KEY, c_id integer REFERENCES c, d_id integer REFERENCES d);
CREATE TABLE a (id integer PRIMARY KEY, b_id integer REFERENCES b);

-- case: a table is renamed
-- rename: old=new
-- before
CREATE TABLE old (id integer NOT NULL, a integer, CONSTRAINT the_key PRIMARY KEY (id));
CREATE INDEX by_a ON old (a);
-- rows
INSERT INTO old VALUES (1, 2);
-- after
CREATE TABLE new (id integer NOT NULL, a integer, CONSTRAINT the_key PRIMARY KEY (id));
CREATE INDEX by_a ON new (a);

-- case: a table is renamed to which others refer
-- rename: old=new
-- before
CREATE TABLE old (id integer PRIMARY KEY, a integer);
CREATE TABLE child (id integer PRIMARY KEY, old_id integer, CONSTRAINT up FOREIGN KEY (old_id) REFERENCES old (id));
CREATE VIEW v AS SELECT id FROM old;
-- rows
INSERT INTO old VALUES (1, 2);
INSERT INTO child VALUES (1, 1);
-- after
CREATE TABLE new (id integer PRIMARY KEY, a integer, b text);
CREATE TABLE child (id integer PRIMARY KEY, old_id integer, CONSTRAINT up FOREIGN KEY (old_id) REFERENCES new (id));
CREATE VIEW v AS SELECT id FROM new;

-- case: comments of tables
-- before
CREATE TABLE a (id integer PRIMARY KEY);
CREATE TABLE b (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY);
COMMENT ON TABLE a IS 'goes';
COMMENT ON TABLE b IS 'changes';
-- after
CREATE TABLE a (id integer PRIMARY KEY);
CREATE TABLE b (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY);
COMMENT ON TABLE b IS 'it''s "another"';
COMMENT ON TABLE c IS 'comes
on two lines';

-- case: how a table is kept
-- before
CREATE TABLE a (id integer PRIMARY KEY);
CREATE TABLE b (id integer PRIMARY KEY) WITH (fillfactor = 70, autovacuum_enabled = false);
CREATE UNLOGGED TABLE c (id integer PRIMARY KEY);
-- rows
INSERT INTO a VALUES (1);
INSERT INTO b VALUES (1);
INSERT INTO c VALUES (1);
-- after
CREATE TABLE a (id integer PRIMARY KEY) WITH (fillfactor = 50);
CREATE TABLE b (id integer PRIMARY KEY) WITH (autovacuum_vacuum_scale_factor = 0.01);
CREATE TABLE c (id integer PRIMARY KEY);

-- case: a table without columns
-- before
CREATE TABLE t ();
-- after
CREATE TABLE t (a integer);

-- case: names that need quotes
-- before
CREATE TABLE "Order" ("Id" integer PRIMARY KEY, "select" text, "has space" integer, "quo""te" text);
-- rows
INSERT INTO "Order" VALUES (1, 'x', 2, 'y');
-- after
CREATE TABLE "Order" ("Id" integer PRIMARY KEY, "select" varchar(20) NOT NULL, "has space" bigint, "quo""te" text DEFAULT '"', "new.dot" integer CHECK ("new.dot" > 0));
CREATE INDEX "Order By" ON "Order" ("has space", lower("select"));
CREATE TABLE "table" ("from" integer PRIMARY KEY REFERENCES "Order", "to" integer CONSTRAINT "Mixed Check" CHECK ("to" > 0));

-- case: names of any letters
-- before
CREATE TABLE "größe" ("ключ" integer PRIMARY KEY, "名前" text);
-- rows
INSERT INTO "größe" VALUES (1, 'ü');
-- after
CREATE TABLE "größe" ("ключ" integer PRIMARY KEY, "名前" text NOT NULL, "Ünï" integer);
CREATE INDEX "индекс" ON "größe" ("名前");
CREATE TABLE "表" (id integer PRIMARY KEY, "größe" integer REFERENCES "größe");

-- case: names that differ in their case alone
-- before
CREATE TABLE item (id integer PRIMARY KEY, name text);
CREATE TABLE "Item" (id integer PRIMARY KEY, "Name" text);
-- rows
INSERT INTO item VALUES (1, 'a');
INSERT INTO "Item" VALUES (1, 'b');
-- after
CREATE TABLE item (id integer PRIMARY KEY, name text, "NAME" text);
CREATE TABLE "Item" (id integer PRIMARY KEY, "Name" varchar(10));
CREATE TABLE "ITEM" (id integer PRIMARY KEY);

-- case: names as long as they may be
-- before
CREATE TABLE a_table_whose_name_is_as_long_as_a_name_may_be_in_this_database (id integer PRIMARY KEY, a_column_whose_name_is_as_long_as_a_name_may_be_in_this_databas integer);
-- rows
INSERT INTO a_table_whose_name_is_as_long_as_a_name_may_be_in_this_database VALUES (1, 2);
-- after
CREATE TABLE a_table_whose_name_is_as_long_as_a_name_may_be_in_this_database (id integer PRIMARY KEY, a_column_whose_name_is_as_long_as_a_name_may_be_in_this_databas bigint UNIQUE CHECK (a_column_whose_name_is_as_long_as_a_name_may_be_in_this_databas > 0), other integer);
CREATE INDEX ON a_table_whose_name_is_as_long_as_a_name_may_be_in_this_database (other);

-- case: schemas come
-- limit: -comment schema audit what was
-- before
CREATE TABLE t (id integer PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE TABLE t (id integer PRIMARY KEY);
CREATE SCHEMA audit;
CREATE TABLE audit.log (id bigserial PRIMARY KEY, t_id integer REFERENCES t, what text);
CREATE INDEX log_what ON audit.log (what);
CREATE TABLE audit.t (id integer PRIMARY KEY);
CREATE VIEW audit.v AS SELECT * FROM audit.log;
COMMENT ON SCHEMA audit IS 'what was';

-- case: a schema goes
-- before
CREATE SCHEMA audit;
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE audit.log (id bigserial PRIMARY KEY, t_id integer REFERENCES t, what text);
CREATE TYPE audit.kind AS ENUM ('a', 'b');
CREATE FUNCTION audit.one() RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE TABLE t (id integer PRIMARY KEY);

-- case: tables of several schemas change
-- before
CREATE SCHEMA a;
CREATE SCHEMA "B c";
CREATE TABLE a.t (id integer PRIMARY KEY, x integer);
CREATE TABLE "B c".t (id integer PRIMARY KEY, x integer REFERENCES a.t);
CREATE TABLE t (id integer PRIMARY KEY, x integer REFERENCES "B c".t);
-- rows
INSERT INTO a.t VALUES (1, 2);
INSERT INTO "B c".t VALUES (1, 1);
INSERT INTO t VALUES (1, 1);
-- after
CREATE SCHEMA a;
CREATE SCHEMA "B c";
CREATE TABLE a.t (id integer PRIMARY KEY, x bigint NOT NULL);
CREATE TABLE "B c".t (id integer PRIMARY KEY, x integer REFERENCES a.t ON DELETE CASCADE, y text);
CREATE TABLE t (id integer PRIMARY KEY, x integer REFERENCES a.t);
CREATE INDEX ON a.t (x);

-- case: partitions come
-- before
CREATE TABLE p (id integer, at date) PARTITION BY RANGE (at);
CREATE TABLE p_2025 PARTITION OF p FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
-- rows
INSERT INTO p VALUES (1, '2025-05-05');
-- after
CREATE TABLE p (id integer, at date, note text) PARTITION BY RANGE (at);
CREATE TABLE p_2025 PARTITION OF p FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE p_2026 PARTITION OF p FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE p_else PARTITION OF p DEFAULT;
CREATE INDEX p_at ON p (at);

-- case: a partition goes
-- before
CREATE TABLE p (id integer, kind text, PRIMARY KEY (id, kind)) PARTITION BY LIST (kind);
CREATE TABLE p_a PARTITION OF p FOR VALUES IN ('a');
CREATE TABLE p_b PARTITION OF p FOR VALUES IN ('b', NULL);
-- rows
INSERT INTO p VALUES (1, 'a');
-- after
CREATE TABLE p (id integer, kind text, PRIMARY KEY (id, kind)) PARTITION BY LIST (kind);
CREATE TABLE p_a PARTITION OF p FOR VALUES IN ('a');

-- case: partitioned tables come and go
-- limit: -column r2.b text f 'b'
-- before
CREATE TABLE h (id integer) PARTITION BY HASH (id);
CREATE TABLE h0 PARTITION OF h FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE h1 PARTITION OF h FOR VALUES WITH (MODULUS 2, REMAINDER 1);
-- after
CREATE TABLE r (a integer, b text, c integer CHECK (c > 0)) PARTITION BY RANGE (a, lower(b));
CREATE TABLE r1 PARTITION OF r FOR VALUES FROM (MINVALUE, MINVALUE) TO (10, 'x') PARTITION BY LIST (c);
CREATE TABLE r1a PARTITION OF r1 FOR VALUES IN (1, 2);
CREATE TABLE r2 PARTITION OF r (b DEFAULT 'b') FOR VALUES FROM (10, 'x') TO (MAXVALUE, MAXVALUE);

-- case: the type of a column of a partitioned table
-- before
CREATE TABLE p (id integer NOT NULL, at date, n integer) PARTITION BY RANGE (at);
CREATE TABLE p_2025 PARTITION OF p FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE INDEX p_n ON p (n);
-- rows
INSERT INTO p VALUES (1, '2025-05-05', 3);
-- after
CREATE TABLE p (id bigint NOT NULL, at date, n bigint NOT NULL DEFAULT 0) PARTITION BY RANGE (at);
CREATE TABLE p_2025 PARTITION OF p FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE INDEX p_n ON p (n);

-- case: the bounds of a partition change
-- limit: partition "p1" would overlap partition "p1"
-- before
CREATE TABLE p (id integer, at integer) PARTITION BY RANGE (at);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
-- rows
INSERT INTO p VALUES (1, 5);
-- after
CREATE TABLE p (id integer, at integer) PARTITION BY RANGE (at);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (20);

-- case: inheritance
-- before
CREATE TABLE base (id integer PRIMARY KEY, a integer NOT NULL);
CREATE TABLE child (b text) INHERITS (base);
-- rows
INSERT INTO base VALUES (1, 2);
INSERT INTO child VALUES (2, 3, 'x');
-- after
CREATE TABLE base (id integer PRIMARY KEY, a bigint NOT NULL, c text);
CREATE TABLE child (b text) INHERITS (base);
CREATE TABLE another (d text) INHERITS (base);

-- case: rights by row
-- before
CREATE TABLE t (id integer PRIMARY KEY, owner name);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY gone ON t FOR SELECT USING (true);
CREATE POLICY other ON t FOR UPDATE USING (owner = current_user);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id integer PRIMARY KEY, owner name);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
ALTER TABLE t FORCE ROW LEVEL SECURITY;
CREATE POLICY other ON t AS RESTRICTIVE FOR UPDATE USING (owner = current_user) WITH CHECK (id > 0);
CREATE POLICY fresh ON t FOR INSERT TO PUBLIC WITH CHECK (owner = current_user);

-- case: rights by row go
-- before
CREATE TABLE t (id integer PRIMARY KEY, owner name);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
ALTER TABLE t FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON t USING (owner = current_user);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE t (id integer PRIMARY KEY, owner name);

-- case: what is known of several columns together
-- before
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, c integer);
CREATE STATISTICS gone ON a, b FROM t;
CREATE STATISTICS other (ndistinct) ON a, b FROM t;
-- rows
INSERT INTO t VALUES (1, 2, 3, 4);
-- after
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, c integer);
CREATE STATISTICS other (dependencies) ON a, c FROM t;
CREATE STATISTICS fresh ON (a + b), c FROM t;

-- case: rules
-- before
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE log (id integer);
CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (NEW.id);
CREATE RULE gone AS ON DELETE TO t DO INSTEAD NOTHING;
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE log (id integer);
CREATE RULE r AS ON INSERT TO t WHERE NEW.id > 5 DO ALSO (INSERT INTO log VALUES (NEW.id); INSERT INTO log VALUES (0));
CREATE RULE fresh AS ON UPDATE TO log DO INSTEAD NOTHING;
