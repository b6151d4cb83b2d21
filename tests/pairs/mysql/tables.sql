-- case: a table is added
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY);
CREATE TABLE u (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, t_id integer NOT NULL, name varchar(40) NOT NULL, made timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, price decimal(10, 2), UNIQUE KEY u_name (name), KEY u_t (t_id), CONSTRAINT u_up FOREIGN KEY (t_id) REFERENCES t (id) ON DELETE CASCADE, CONSTRAINT not_negative CHECK (price >= 0)) COMMENT = 'Belongs to t';

-- case: a table is dropped
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY);
CREATE TABLE u (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, t_id integer NOT NULL, name varchar(40) NOT NULL, made timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, price decimal(10, 2), UNIQUE KEY u_name (name), KEY u_t (t_id), CONSTRAINT u_up FOREIGN KEY (t_id) REFERENCES t (id) ON DELETE CASCADE, CONSTRAINT not_negative CHECK (price >= 0)) COMMENT = 'Belongs to t';
-- rows
INSERT INTO t VALUES (1);
INSERT INTO u (t_id, name) VALUES (1, 'x');
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY);

-- case: every table is dropped
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY);
CREATE TABLE u (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, t_id integer NOT NULL, name varchar(40) NOT NULL, made timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, price decimal(10, 2), UNIQUE KEY u_name (name), KEY u_t (t_id), CONSTRAINT u_up FOREIGN KEY (t_id) REFERENCES t (id) ON DELETE CASCADE, CONSTRAINT not_negative CHECK (price >= 0)) COMMENT = 'Belongs to t';
CREATE VIEW v AS SELECT t.id FROM t JOIN u ON t.id = u.t_id;
-- after

-- case: tables in the order in which they need each other
-- before
CREATE TABLE z (id integer NOT NULL PRIMARY KEY);
-- after
CREATE TABLE z (id integer NOT NULL PRIMARY KEY);
CREATE TABLE d (id integer NOT NULL PRIMARY KEY, z_id integer, CONSTRAINT d_z FOREIGN KEY (z_id) REFERENCES z (id));
CREATE TABLE c (id integer NOT NULL PRIMARY KEY, d_id integer, CONSTRAINT c_d FOREIGN KEY (d_id) REFERENCES d (id));
CREATE TABLE b (id integer NOT NULL PRIMARY KEY, c_id integer, d_id integer, CONSTRAINT b_c FOREIGN KEY (c_id) REFERENCES c (id), CONSTRAINT b_d FOREIGN KEY (d_id) REFERENCES d (id));
CREATE TABLE a (id integer NOT NULL PRIMARY KEY, b_id integer, CONSTRAINT a_b FOREIGN KEY (b_id) REFERENCES b (id));

-- case: a table is renamed
-- rename: old=new
-- before
CREATE TABLE old (id integer NOT NULL PRIMARY KEY, a integer, KEY by_a (a));
-- rows
INSERT INTO old VALUES (1, 2);
-- after
CREATE TABLE new (id integer NOT NULL PRIMARY KEY, a integer, KEY by_a (a));

-- case: a table is renamed to which others refer
-- limit: old.id AS id from old
-- rename: old=new
-- before
CREATE TABLE old (id integer NOT NULL PRIMARY KEY, a integer);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, old_id integer, CONSTRAINT up FOREIGN KEY (old_id) REFERENCES old (id));
CREATE VIEW v AS SELECT id FROM old;
-- rows
INSERT INTO old VALUES (1, 2);
INSERT INTO child VALUES (1, 1);
-- after
CREATE TABLE new (id integer NOT NULL PRIMARY KEY, a integer, b text);
CREATE TABLE child (id integer NOT NULL PRIMARY KEY, old_id integer, CONSTRAINT up FOREIGN KEY (old_id) REFERENCES new (id));
CREATE VIEW v AS SELECT id FROM new;

-- case: comments of tables
-- before
CREATE TABLE a (id integer NOT NULL PRIMARY KEY) COMMENT 'goes';
CREATE TABLE b (id integer NOT NULL PRIMARY KEY) COMMENT = 'changes';
CREATE TABLE c (id integer NOT NULL PRIMARY KEY);
-- after
CREATE TABLE a (id integer NOT NULL PRIMARY KEY);
CREATE TABLE b (id integer NOT NULL PRIMARY KEY) COMMENT 'it''s "another"';
CREATE TABLE c (id integer NOT NULL PRIMARY KEY) COMMENT 'comes
on two lines';

-- case: engines
-- before
CREATE TABLE a (id integer NOT NULL PRIMARY KEY) ENGINE=InnoDB;
CREATE TABLE b (id integer NOT NULL PRIMARY KEY) ENGINE=MyISAM;
-- rows
INSERT INTO a VALUES (1);
INSERT INTO b VALUES (1);
-- after
CREATE TABLE a (id integer NOT NULL PRIMARY KEY) ENGINE=MyISAM;
CREATE TABLE b (id integer NOT NULL PRIMARY KEY) ENGINE=InnoDB;

-- case: how rows are kept
-- before
CREATE TABLE a (id integer NOT NULL PRIMARY KEY) ROW_FORMAT=COMPRESSED;
CREATE TABLE b (id integer NOT NULL PRIMARY KEY);
-- rows
INSERT INTO a VALUES (1);
INSERT INTO b VALUES (1);
-- after
CREATE TABLE a (id integer NOT NULL PRIMARY KEY) ROW_FORMAT=DYNAMIC;
CREATE TABLE b (id integer NOT NULL PRIMARY KEY) ROW_FORMAT=COMPRESSED STATS_PERSISTENT=1;

-- case: the character set of a table
-- before
CREATE TABLE a (id integer NOT NULL PRIMARY KEY, n varchar(10)) DEFAULT CHARSET=latin1;
CREATE TABLE b (id integer NOT NULL PRIMARY KEY, n varchar(10)) COLLATE=utf8mb4_bin;
-- rows
INSERT INTO a VALUES (1, 'é');
INSERT INTO b VALUES (1, 'x');
-- after
CREATE TABLE a (id integer NOT NULL PRIMARY KEY, n varchar(10)) DEFAULT CHARSET=utf8mb4;
CREATE TABLE b (id integer NOT NULL PRIMARY KEY, n varchar(10)) COLLATE=utf8mb4_general_ci;

-- case: the character set of a table alone
-- on: mariadb
-- before
CREATE TABLE a (id integer NOT NULL PRIMARY KEY, n varchar(10) CHARACTER SET latin1) DEFAULT CHARSET=latin1;
-- rows
INSERT INTO a VALUES (1, 'x');
-- after
CREATE TABLE a (id integer NOT NULL PRIMARY KEY, n varchar(10) CHARACTER SET latin1) DEFAULT CHARSET=utf8mb4;

-- case: where a table begins to count
-- before
CREATE TABLE t (id integer NOT NULL AUTO_INCREMENT PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE TABLE t (id integer NOT NULL AUTO_INCREMENT PRIMARY KEY, a integer) AUTO_INCREMENT=1000;

-- case: names that need quotes
-- before
CREATE TABLE `Order` (`Id` integer NOT NULL PRIMARY KEY, `select` text, `has space` integer, `quo``te` varchar(9));
-- rows
INSERT INTO `Order` VALUES (1, 'x', 2, 'y');
-- after
CREATE TABLE `Order` (`Id` integer NOT NULL PRIMARY KEY, `select` varchar(20) NOT NULL, `has space` bigint, `quo``te` varchar(9) DEFAULT '`', `new.dot` integer, KEY `by space` (`has space`), CONSTRAINT `Mixed Check` CHECK (`new.dot` > 0));
CREATE TABLE `table` (`from` integer NOT NULL PRIMARY KEY, CONSTRAINT `to` FOREIGN KEY (`from`) REFERENCES `Order` (`Id`));

-- case: names of any letters
-- before
CREATE TABLE größe (ключ integer NOT NULL PRIMARY KEY, 名前 varchar(20));
-- rows
INSERT INTO größe VALUES (1, 'ü');
-- after
CREATE TABLE größe (ключ integer NOT NULL PRIMARY KEY, 名前 varchar(20) NOT NULL, `Ünï` integer, KEY индекс (名前));
CREATE TABLE 表 (id integer NOT NULL PRIMARY KEY, größe integer, CONSTRAINT auf FOREIGN KEY (größe) REFERENCES größe (ключ));

-- case: names as long as they may be
-- before
CREATE TABLE a_table_whose_name_is_as_long_as_a_name_may_be_in_this_database1 (id integer NOT NULL PRIMARY KEY, a_columnn_whose_name_is_as_long_as_a_name_may_be_in_this_databas integer);
-- rows
INSERT INTO a_table_whose_name_is_as_long_as_a_name_may_be_in_this_database1 VALUES (1, 2);
-- after
CREATE TABLE a_table_whose_name_is_as_long_as_a_name_may_be_in_this_database1 (id integer NOT NULL PRIMARY KEY, a_columnn_whose_name_is_as_long_as_a_name_may_be_in_this_databas bigint, other integer, UNIQUE KEY a_columnn_whose_name_is_as_long_as_a_name_may_be_in_this_databas (a_columnn_whose_name_is_as_long_as_a_name_may_be_in_this_databas), KEY (other));

-- case: partitions come
-- before
CREATE TABLE p (id integer NOT NULL, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (year(at)) (PARTITION p0 VALUES LESS THAN (2025), PARTITION p1 VALUES LESS THAN (2026));
-- rows
INSERT INTO p VALUES (1, '2025-05-05');
-- after
CREATE TABLE p (id integer NOT NULL, at date NOT NULL, note text, PRIMARY KEY (id, at)) PARTITION BY RANGE (year(at)) (PARTITION p0 VALUES LESS THAN (2025), PARTITION p1 VALUES LESS THAN (2026), PARTITION p2 VALUES LESS THAN (2027), PARTITION pmax VALUES LESS THAN MAXVALUE);

-- case: a table gets parts
-- before
CREATE TABLE h (id integer NOT NULL PRIMARY KEY);
-- rows
INSERT INTO h VALUES (1), (2);
-- after
CREATE TABLE h (id integer NOT NULL PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 4;

-- case: a table has no parts any more
-- before
CREATE TABLE h (id integer NOT NULL PRIMARY KEY) PARTITION BY KEY (id) PARTITIONS 2;
CREATE TABLE l (id integer NOT NULL PRIMARY KEY) PARTITION BY LIST (id) (PARTITION a VALUES IN (1, 2), PARTITION b VALUES IN (3));
-- rows
INSERT INTO h VALUES (1), (2);
INSERT INTO l VALUES (3);
-- after
CREATE TABLE h (id integer NOT NULL PRIMARY KEY);
CREATE TABLE l (id integer NOT NULL PRIMARY KEY);

-- case: a table is parted otherwise
-- before
CREATE TABLE h (id integer NOT NULL PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 2;
-- rows
INSERT INTO h VALUES (1), (200);
-- after
CREATE TABLE h (id integer NOT NULL PRIMARY KEY) PARTITION BY RANGE (id) (PARTITION a VALUES LESS THAN (100), PARTITION b VALUES LESS THAN MAXVALUE);

-- case: a table of many columns
-- before
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, c0 integer, c1 integer, c2 integer, c3 integer, c4 integer, c5 integer, c6 integer, c7 integer, c8 integer, c9 integer, c10 integer, c11 integer, c12 integer, c13 integer, c14 integer, c15 integer, c16 integer, c17 integer, c18 integer, c19 integer, c20 integer, c21 integer, c22 integer, c23 integer, c24 integer, c25 integer, c26 integer, c27 integer, c28 integer, c29 integer, c30 integer, c31 integer, c32 integer, c33 integer, c34 integer, c35 integer, c36 integer, c37 integer, c38 integer, c39 integer);
-- rows
INSERT INTO t (id, c5, c7) VALUES (1, 1, 2);
-- after
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, c2 integer, c3 integer, c4 integer, c5 integer DEFAULT 1, c6 integer, c7 varchar(20), c8 integer, c9 integer, c10 integer DEFAULT 1, c11 integer, c12 integer, c13 integer, c14 varchar(20), c15 integer DEFAULT 1, c16 integer, c17 integer, c18 integer, c19 integer, c20 integer DEFAULT 1, c21 varchar(20), c22 integer, c23 integer, c24 integer, c25 integer DEFAULT 1, c26 integer, c27 integer, c28 varchar(20), c29 integer, c30 integer DEFAULT 1, c31 integer, c32 integer, c33 integer, c34 integer, c35 varchar(20), c36 integer, c37 integer, c38 integer, c39 integer, c40 integer DEFAULT 1, c41 integer, c42 varchar(20), c43 integer);

-- case: nothing changes but how it is written
-- before
create table t(id int(11) not null auto_increment primary key,a VARCHAR(10) not null default 'x',b INT, unique(a,b)) engine=innodb;
-- rows
INSERT INTO t VALUES (1, 'x', 2);
-- after
CREATE TABLE IF NOT EXISTS `t` (
	`id` integer NOT NULL AUTO_INCREMENT,
	`a` varchar(10) NOT NULL DEFAULT 'x',
	`b` int DEFAULT NULL,
	PRIMARY KEY (`id`),
	UNIQUE KEY `a` (`a`, `b`)
);
