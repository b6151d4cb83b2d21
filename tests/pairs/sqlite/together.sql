-- case: a shop grows
-- before
CREATE TABLE customer (id INTEGER PRIMARY KEY, name varchar(80) NOT NULL, email varchar(120));
CREATE TABLE product (id INTEGER PRIMARY KEY, title text NOT NULL, price numeric(10, 2) NOT NULL DEFAULT 0);
CREATE TABLE "order" (id INTEGER PRIMARY KEY, customer_id integer NOT NULL REFERENCES customer, placed timestamp DEFAULT CURRENT_TIMESTAMP, state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'paid')));
CREATE TABLE line (order_id integer NOT NULL REFERENCES "order" ON DELETE CASCADE, product_id integer NOT NULL REFERENCES product, n integer NOT NULL DEFAULT 1, PRIMARY KEY (order_id, product_id));
CREATE INDEX order_customer ON "order" (customer_id);
CREATE VIEW totals AS SELECT order_id, sum(n * price) AS total FROM line JOIN product ON product.id = product_id GROUP BY order_id;
CREATE TRIGGER priced AFTER UPDATE OF price ON product BEGIN UPDATE "order" SET state = 'new' WHERE id IN (SELECT order_id FROM line WHERE product_id = NEW.id); END;
-- rows
INSERT INTO customer VALUES (1, 'Ada', 'ada@example.org'), (2, 'Bob', NULL);
INSERT INTO product VALUES (1, 'tea', 2.5), (2, 'cup', 7);
INSERT INTO "order" (id, customer_id, state) VALUES (1, 1, 'paid'), (2, 2, 'new');
INSERT INTO line VALUES (1, 1, 3), (1, 2, 1), (2, 1, 1);
-- after
CREATE TABLE country (code char(2) NOT NULL PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE customer (id INTEGER PRIMARY KEY, name varchar(120) NOT NULL, email varchar(120) UNIQUE, country char(2) REFERENCES country);
CREATE TABLE product (id INTEGER PRIMARY KEY, title text NOT NULL, price numeric(12, 4) NOT NULL DEFAULT 0 CHECK (price >= 0), sku text);
CREATE UNIQUE INDEX product_sku ON product (lower(sku)) WHERE sku IS NOT NULL;
CREATE TABLE "order" (id INTEGER PRIMARY KEY, customer_id integer NOT NULL REFERENCES customer ON DELETE RESTRICT, placed timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'paid', 'sent')));
CREATE TABLE line (order_id integer NOT NULL REFERENCES "order" ON DELETE CASCADE, product_id integer NOT NULL REFERENCES product, n integer NOT NULL DEFAULT 1 CHECK (n > 0), note text, PRIMARY KEY (order_id, product_id));
CREATE INDEX order_customer ON "order" (customer_id, placed DESC);
CREATE VIEW totals AS SELECT order_id, sum(n * price) AS total, count(*) AS lines FROM line JOIN product ON product.id = product_id GROUP BY order_id;
CREATE VIEW spent AS SELECT customer_id, sum(total) AS total FROM "order" JOIN totals ON order_id = id GROUP BY customer_id;
CREATE TRIGGER priced AFTER UPDATE OF price ON product WHEN OLD.price <> NEW.price BEGIN UPDATE "order" SET state = 'new' WHERE id IN (SELECT order_id FROM line WHERE product_id = NEW.id); END;

-- case: a shop shrinks
-- before
CREATE TABLE country (code char(2) NOT NULL PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE customer (id INTEGER PRIMARY KEY, name varchar(120) NOT NULL, email varchar(120) UNIQUE, country char(2) REFERENCES country);
CREATE TABLE product (id INTEGER PRIMARY KEY, title text NOT NULL, price numeric(12, 4) NOT NULL DEFAULT 0 CHECK (price >= 0), sku text);
CREATE UNIQUE INDEX product_sku ON product (lower(sku)) WHERE sku IS NOT NULL;
CREATE TABLE "order" (id INTEGER PRIMARY KEY, customer_id integer NOT NULL REFERENCES customer ON DELETE RESTRICT, placed timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'paid', 'sent')));
CREATE TABLE line (order_id integer NOT NULL REFERENCES "order" ON DELETE CASCADE, product_id integer NOT NULL REFERENCES product, n integer NOT NULL DEFAULT 1 CHECK (n > 0), note text, PRIMARY KEY (order_id, product_id));
CREATE INDEX order_customer ON "order" (customer_id, placed DESC);
CREATE VIEW totals AS SELECT order_id, sum(n * price) AS total, count(*) AS lines FROM line JOIN product ON product.id = product_id GROUP BY order_id;
CREATE VIEW spent AS SELECT customer_id, sum(total) AS total FROM "order" JOIN totals ON order_id = id GROUP BY customer_id;
CREATE TRIGGER priced AFTER UPDATE OF price ON product WHEN OLD.price <> NEW.price BEGIN UPDATE "order" SET state = 'new' WHERE id IN (SELECT order_id FROM line WHERE product_id = NEW.id); END;
-- rows
INSERT INTO customer VALUES (1, 'Ada', 'ada@example.org', NULL), (2, 'Bob', NULL, NULL);
INSERT INTO product VALUES (1, 'tea', 2.5, NULL), (2, 'cup', 7, 'C');
INSERT INTO "order" (id, customer_id, state) VALUES (1, 1, 'paid'), (2, 2, 'new');
INSERT INTO line VALUES (1, 1, 3, NULL), (1, 2, 1, 'x'), (2, 1, 1, NULL);
-- after
CREATE TABLE customer (id INTEGER PRIMARY KEY, name varchar(80) NOT NULL, email varchar(120));
CREATE TABLE product (id INTEGER PRIMARY KEY, title text NOT NULL, price numeric(10, 2) NOT NULL DEFAULT 0);
CREATE TABLE "order" (id INTEGER PRIMARY KEY, customer_id integer NOT NULL REFERENCES customer, placed timestamp DEFAULT CURRENT_TIMESTAMP, state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'paid')));
CREATE TABLE line (order_id integer NOT NULL REFERENCES "order" ON DELETE CASCADE, product_id integer NOT NULL REFERENCES product, n integer NOT NULL DEFAULT 1, PRIMARY KEY (order_id, product_id));
CREATE INDEX order_customer ON "order" (customer_id);
CREATE VIEW totals AS SELECT order_id, sum(n * price) AS total FROM line JOIN product ON product.id = product_id GROUP BY order_id;
CREATE TRIGGER priced AFTER UPDATE OF price ON product BEGIN UPDATE "order" SET state = 'new' WHERE id IN (SELECT order_id FROM line WHERE product_id = NEW.id); END;

-- case: one table becomes two
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, name text, street text, city text);
-- rows
INSERT INTO t VALUES (1, 'a', 'b', 'c');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, name text);
CREATE TABLE address (t_id integer NOT NULL PRIMARY KEY REFERENCES t ON DELETE CASCADE, street text, city text);

-- case: a column becomes a table of its own
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, tag text);
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE tag (id INTEGER PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE t (id INTEGER PRIMARY KEY, tag_id integer REFERENCES tag);

-- case: every column changes
-- changes: t.d
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text, c real, d blob);
-- rows
INSERT INTO t VALUES (1, 1, '2', 3.5, x'78');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a text NOT NULL DEFAULT '', b integer CHECK (b > 0), c numeric(5, 2) DEFAULT 1, d text COLLATE NOCASE UNIQUE);

-- case: two tables swap their columns
-- before
CREATE TABLE a (id INTEGER PRIMARY KEY, x integer);
CREATE TABLE b (id INTEGER PRIMARY KEY, y text);
-- rows
INSERT INTO a VALUES (1, 2);
INSERT INTO b VALUES (1, 'x');
-- after
CREATE TABLE a (id INTEGER PRIMARY KEY, y text);
CREATE TABLE b (id INTEGER PRIMARY KEY, x integer);

-- case: many tables change alike
-- before
CREATE TABLE t0 (id INTEGER PRIMARY KEY, name varchar(10));
CREATE TABLE t1 (id INTEGER PRIMARY KEY, name varchar(10), up integer REFERENCES t0);
CREATE TABLE t2 (id INTEGER PRIMARY KEY, name varchar(10), up integer REFERENCES t1);
CREATE TABLE t3 (id INTEGER PRIMARY KEY, name varchar(10), up integer REFERENCES t2);
CREATE TABLE t4 (id INTEGER PRIMARY KEY, name varchar(10), up integer REFERENCES t3);
CREATE TABLE t5 (id INTEGER PRIMARY KEY, name varchar(10), up integer REFERENCES t4);
CREATE TABLE t6 (id INTEGER PRIMARY KEY, name varchar(10), up integer REFERENCES t5);
CREATE TABLE t7 (id INTEGER PRIMARY KEY, name varchar(10), up integer REFERENCES t6);
-- rows
INSERT INTO t0 VALUES (1, 'x');
INSERT INTO t1 VALUES (1, 'x', 1);
INSERT INTO t2 VALUES (1, 'x', 1);
INSERT INTO t3 VALUES (1, 'x', 1);
INSERT INTO t4 VALUES (1, 'x', 1);
INSERT INTO t5 VALUES (1, 'x', 1);
INSERT INTO t6 VALUES (1, 'x', 1);
INSERT INTO t7 VALUES (1, 'x', 1);
-- after
CREATE TABLE t0 (id INTEGER PRIMARY KEY, name varchar(20) NOT NULL, made timestamp);
CREATE INDEX t0_name ON t0 (name);
CREATE TABLE t1 (id INTEGER PRIMARY KEY, name varchar(20) NOT NULL, up integer REFERENCES t0 ON DELETE CASCADE, made timestamp);
CREATE INDEX t1_name ON t1 (name);
CREATE TABLE t2 (id INTEGER PRIMARY KEY, name varchar(20) NOT NULL, up integer REFERENCES t1 ON DELETE CASCADE, made timestamp);
CREATE INDEX t2_name ON t2 (name);
CREATE TABLE t3 (id INTEGER PRIMARY KEY, name varchar(20) NOT NULL, up integer REFERENCES t2 ON DELETE CASCADE, made timestamp);
CREATE INDEX t3_name ON t3 (name);
CREATE TABLE t4 (id INTEGER PRIMARY KEY, name varchar(20) NOT NULL, up integer REFERENCES t3 ON DELETE CASCADE, made timestamp);
CREATE INDEX t4_name ON t4 (name);
CREATE TABLE t5 (id INTEGER PRIMARY KEY, name varchar(20) NOT NULL, up integer REFERENCES t4 ON DELETE CASCADE, made timestamp);
CREATE INDEX t5_name ON t5 (name);
CREATE TABLE t6 (id INTEGER PRIMARY KEY, name varchar(20) NOT NULL, up integer REFERENCES t5 ON DELETE CASCADE, made timestamp);
CREATE INDEX t6_name ON t6 (name);
CREATE TABLE t7 (id INTEGER PRIMARY KEY, name varchar(20) NOT NULL, up integer REFERENCES t6 ON DELETE CASCADE, made timestamp);
CREATE INDEX t7_name ON t7 (name);
