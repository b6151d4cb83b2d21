-- case: a shop grows
-- before
CREATE TABLE customer (id integer NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(80) NOT NULL, email varchar(120));
CREATE TABLE product (id integer NOT NULL AUTO_INCREMENT PRIMARY KEY, title varchar(200) NOT NULL, price decimal(10, 2) NOT NULL DEFAULT 0);
CREATE TABLE `order` (id integer NOT NULL AUTO_INCREMENT PRIMARY KEY, customer_id integer NOT NULL, placed timestamp NULL DEFAULT CURRENT_TIMESTAMP, state enum('new', 'paid') NOT NULL DEFAULT 'new', KEY order_customer (customer_id), CONSTRAINT order_by FOREIGN KEY (customer_id) REFERENCES customer (id));
CREATE TABLE line (order_id integer NOT NULL, product_id integer NOT NULL, n integer NOT NULL DEFAULT 1, PRIMARY KEY (order_id, product_id), KEY line_product (product_id), CONSTRAINT line_order FOREIGN KEY (order_id) REFERENCES `order` (id) ON DELETE CASCADE, CONSTRAINT line_product FOREIGN KEY (product_id) REFERENCES product (id));
CREATE VIEW totals AS SELECT order_id, sum(n * price) AS total FROM line JOIN product ON product.id = product_id GROUP BY order_id;
CREATE TRIGGER priced AFTER UPDATE ON product FOR EACH ROW UPDATE `order` SET state = 'new' WHERE id IN (SELECT order_id FROM line WHERE product_id = NEW.id);
-- rows
INSERT INTO customer VALUES (1, 'Ada', 'ada@example.org'), (2, 'Bob', NULL);
INSERT INTO product VALUES (1, 'tea', 2.5), (2, 'cup', 7);
INSERT INTO `order` (id, customer_id, state) VALUES (1, 1, 'paid'), (2, 2, 'new');
INSERT INTO line VALUES (1, 1, 3), (1, 2, 1), (2, 1, 1);
-- after
CREATE TABLE country (code char(2) NOT NULL PRIMARY KEY, name varchar(60) NOT NULL, UNIQUE KEY country_name (name));
CREATE TABLE customer (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(120) NOT NULL, email varchar(120), country char(2), UNIQUE KEY customer_email (email), KEY customer_country (country), CONSTRAINT customer_from FOREIGN KEY (country) REFERENCES country (code));
CREATE TABLE product (id integer NOT NULL AUTO_INCREMENT PRIMARY KEY, title varchar(200) NOT NULL, price decimal(12, 2) NOT NULL DEFAULT 0, sku varchar(20), UNIQUE KEY product_sku (sku), FULLTEXT KEY product_title (title), CONSTRAINT not_negative CHECK (price >= 0));
CREATE TABLE `order` (id integer NOT NULL AUTO_INCREMENT PRIMARY KEY, customer_id bigint NOT NULL, placed timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, state enum('new', 'paid', 'sent') NOT NULL DEFAULT 'new', KEY order_customer (customer_id, placed), CONSTRAINT order_by FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE RESTRICT);
CREATE TABLE line (order_id integer NOT NULL, product_id integer NOT NULL, n integer NOT NULL DEFAULT 1, note text, PRIMARY KEY (order_id, product_id), KEY line_product (product_id), CONSTRAINT line_order FOREIGN KEY (order_id) REFERENCES `order` (id) ON DELETE CASCADE, CONSTRAINT line_product FOREIGN KEY (product_id) REFERENCES product (id), CONSTRAINT some CHECK (n > 0));
CREATE VIEW totals AS SELECT order_id, sum(n * price) AS total, count(*) AS line_count FROM line JOIN product ON product.id = product_id GROUP BY order_id;
CREATE VIEW spent AS SELECT customer_id, sum(total) AS total FROM `order` JOIN totals ON order_id = id GROUP BY customer_id;
CREATE TRIGGER priced AFTER UPDATE ON product FOR EACH ROW UPDATE `order` SET state = 'new' WHERE NEW.price <> OLD.price AND id IN (SELECT order_id FROM line WHERE product_id = NEW.id);

-- case: a shop shrinks
-- before
CREATE TABLE country (code char(2) NOT NULL PRIMARY KEY, name varchar(60) NOT NULL, UNIQUE KEY country_name (name));
CREATE TABLE customer (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(120) NOT NULL, email varchar(120), country char(2), UNIQUE KEY customer_email (email), KEY customer_country (country), CONSTRAINT customer_from FOREIGN KEY (country) REFERENCES country (code));
CREATE TABLE product (id integer NOT NULL AUTO_INCREMENT PRIMARY KEY, title varchar(200) NOT NULL, price decimal(12, 2) NOT NULL DEFAULT 0, sku varchar(20), UNIQUE KEY product_sku (sku), FULLTEXT KEY product_title (title), CONSTRAINT not_negative CHECK (price >= 0));
CREATE TABLE `order` (id integer NOT NULL AUTO_INCREMENT PRIMARY KEY, customer_id bigint NOT NULL, placed timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, state enum('new', 'paid', 'sent') NOT NULL DEFAULT 'new', KEY order_customer (customer_id, placed), CONSTRAINT order_by FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE RESTRICT);
CREATE TABLE line (order_id integer NOT NULL, product_id integer NOT NULL, n integer NOT NULL DEFAULT 1, note text, PRIMARY KEY (order_id, product_id), KEY line_product (product_id), CONSTRAINT line_order FOREIGN KEY (order_id) REFERENCES `order` (id) ON DELETE CASCADE, CONSTRAINT line_product FOREIGN KEY (product_id) REFERENCES product (id), CONSTRAINT some CHECK (n > 0));
CREATE VIEW totals AS SELECT order_id, sum(n * price) AS total, count(*) AS line_count FROM line JOIN product ON product.id = product_id GROUP BY order_id;
CREATE VIEW spent AS SELECT customer_id, sum(total) AS total FROM `order` JOIN totals ON order_id = id GROUP BY customer_id;
CREATE TRIGGER priced AFTER UPDATE ON product FOR EACH ROW UPDATE `order` SET state = 'new' WHERE NEW.price <> OLD.price AND id IN (SELECT order_id FROM line WHERE product_id = NEW.id);
-- rows
INSERT INTO customer VALUES (1, 'Ada', 'ada@example.org', NULL), (2, 'Bob', NULL, NULL);
INSERT INTO product VALUES (1, 'tea', 2.5, NULL), (2, 'cup', 7, 'C');
INSERT INTO `order` (id, customer_id, state) VALUES (1, 1, 'paid'), (2, 2, 'new');
INSERT INTO line VALUES (1, 1, 3, NULL), (1, 2, 1, 'x'), (2, 1, 1, NULL);
-- after
CREATE TABLE customer (id integer NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(80) NOT NULL, email varchar(120));
CREATE TABLE product (id integer NOT NULL AUTO_INCREMENT PRIMARY KEY, title varchar(200) NOT NULL, price decimal(10, 2) NOT NULL DEFAULT 0);
CREATE TABLE `order` (id integer NOT NULL AUTO_INCREMENT PRIMARY KEY, customer_id integer NOT NULL, placed timestamp NULL DEFAULT CURRENT_TIMESTAMP, state enum('new', 'paid') NOT NULL DEFAULT 'new', KEY order_customer (customer_id), CONSTRAINT order_by FOREIGN KEY (customer_id) REFERENCES customer (id));
CREATE TABLE line (order_id integer NOT NULL, product_id integer NOT NULL, n integer NOT NULL DEFAULT 1, PRIMARY KEY (order_id, product_id), KEY line_product (product_id), CONSTRAINT line_order FOREIGN KEY (order_id) REFERENCES `order` (id) ON DELETE CASCADE, CONSTRAINT line_product FOREIGN KEY (product_id) REFERENCES product (id));
CREATE VIEW totals AS SELECT order_id, sum(n * price) AS total FROM line JOIN product ON product.id = product_id GROUP BY order_id;
CREATE TRIGGER priced AFTER UPDATE ON product FOR EACH ROW UPDATE `order` SET state = 'new' WHERE id IN (SELECT order_id FROM line WHERE product_id = NEW.id);

-- case: one table becomes two
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, name varchar(20), street text, city text);
-- rows
INSERT INTO t VALUES (1, 'a', 'b', 'c');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, name varchar(20));
CREATE TABLE address (t_id integer NOT NULL PRIMARY KEY, street text, city text, CONSTRAINT of_t FOREIGN KEY (t_id) REFERENCES t (id) ON DELETE CASCADE);

-- case: a column becomes a table of its own
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, tag varchar(20));
-- rows
INSERT INTO t VALUES (1, 'x');
-- after
CREATE TABLE tag (id integer NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(20) NOT NULL, UNIQUE KEY tag_name (name));
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, tag_id integer, CONSTRAINT tagged FOREIGN KEY (tag_id) REFERENCES tag (id));

-- case: every column changes
-- changes: t.c
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer, b varchar(9), c double, d varchar(30));
-- rows
INSERT INTO t VALUES (1, 1, '2', 3.5, 'x');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a varchar(20) NOT NULL DEFAULT '', b integer CHECK (b > 0), c decimal(5, 2) DEFAULT 1, d varchar(20) COLLATE utf8mb4_bin UNIQUE);

-- case: two tables swap their columns
-- before
CREATE TABLE a (id integer NOT NULL PRIMARY KEY, x integer);
CREATE TABLE b (id integer NOT NULL PRIMARY KEY, y varchar(9));
-- rows
INSERT INTO a VALUES (1, 2);
INSERT INTO b VALUES (1, 'x');
-- after
CREATE TABLE a (id integer NOT NULL PRIMARY KEY, y varchar(9));
CREATE TABLE b (id integer NOT NULL PRIMARY KEY, x integer);

-- case: many tables change alike
-- before
CREATE TABLE t0 (id integer NOT NULL PRIMARY KEY, name varchar(10));
CREATE TABLE t1 (id integer NOT NULL PRIMARY KEY, name varchar(10), up integer, CONSTRAINT up1 FOREIGN KEY (up) REFERENCES t0 (id));
CREATE TABLE t2 (id integer NOT NULL PRIMARY KEY, name varchar(10), up integer, CONSTRAINT up2 FOREIGN KEY (up) REFERENCES t1 (id));
CREATE TABLE t3 (id integer NOT NULL PRIMARY KEY, name varchar(10), up integer, CONSTRAINT up3 FOREIGN KEY (up) REFERENCES t2 (id));
CREATE TABLE t4 (id integer NOT NULL PRIMARY KEY, name varchar(10), up integer, CONSTRAINT up4 FOREIGN KEY (up) REFERENCES t3 (id));
CREATE TABLE t5 (id integer NOT NULL PRIMARY KEY, name varchar(10), up integer, CONSTRAINT up5 FOREIGN KEY (up) REFERENCES t4 (id));
-- rows
INSERT INTO t0 VALUES (1, 'x');
INSERT INTO t1 VALUES (1, 'x', 1);
INSERT INTO t2 VALUES (1, 'x', 1);
INSERT INTO t3 VALUES (1, 'x', 1);
INSERT INTO t4 VALUES (1, 'x', 1);
INSERT INTO t5 VALUES (1, 'x', 1);
-- after
CREATE TABLE t0 (id integer NOT NULL PRIMARY KEY, name varchar(20) NOT NULL, KEY t0_name (name));
CREATE TABLE t1 (id integer NOT NULL PRIMARY KEY, name varchar(20) NOT NULL, up integer, KEY t1_name (name), CONSTRAINT up1 FOREIGN KEY (up) REFERENCES t0 (id) ON DELETE CASCADE);
CREATE TABLE t2 (id integer NOT NULL PRIMARY KEY, name varchar(20) NOT NULL, up integer, KEY t2_name (name), CONSTRAINT up2 FOREIGN KEY (up) REFERENCES t1 (id) ON DELETE CASCADE);
CREATE TABLE t3 (id integer NOT NULL PRIMARY KEY, name varchar(20) NOT NULL, up integer, KEY t3_name (name), CONSTRAINT up3 FOREIGN KEY (up) REFERENCES t2 (id) ON DELETE CASCADE);
CREATE TABLE t4 (id integer NOT NULL PRIMARY KEY, name varchar(20) NOT NULL, up integer, KEY t4_name (name), CONSTRAINT up4 FOREIGN KEY (up) REFERENCES t3 (id) ON DELETE CASCADE);
CREATE TABLE t5 (id integer NOT NULL PRIMARY KEY, name varchar(20) NOT NULL, up integer, KEY t5_name (name), CONSTRAINT up5 FOREIGN KEY (up) REFERENCES t4 (id) ON DELETE CASCADE);
