CREATE TABLE parent (
  id int NOT NULL, k int NOT NULL, n varchar(20) NOT NULL, body text, PRIMARY KEY (id), UNIQUE KEY both_said (k, n), UNIQUE (n),
  KEY falling (n DESC, id), KEY begins (n(5), body(10)), KEY noted (k) COMMENT 'it''s', UNIQUE KEY noted_unique (k, id) COMMENT 'x',
  UNIQUE KEY falling_unique (id DESC), UNIQUE KEY begins_unique (n(3)), FULLTEXT KEY words (n, body)
);
CREATE TABLE child (
  id int NOT NULL AUTO_INCREMENT, p int, p2 int, p3 int, pk int, pn varchar(20), PRIMARY KEY (id),
  FOREIGN KEY (p) REFERENCES parent (id),
  CONSTRAINT deep FOREIGN KEY (pk, pn) REFERENCES parent (k, n) ON DELETE CASCADE ON UPDATE SET NULL,
  CONSTRAINT strict FOREIGN KEY (p2) REFERENCES parent (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT self FOREIGN KEY (p3) REFERENCES child (id), KEY own (p2), KEY wide (p3, id), KEY self (p3, p)
);
CREATE TABLE checked (
  a int, c varchar(20), `odd ``'" name` int, CHECK (a > 0 AND c <> 'x''\n'), CONSTRAINT few CHECK (c IN ('x', 'y\\', '"')),
  CONSTRAINT `odd ``'" check` CHECK (`odd ``'" name` > 0 OR c LIKE 'a\_%')
);
CREATE TABLE long_key (t text, b blob, PRIMARY KEY (t(10), b(20)));
CREATE TABLE in_memory (id int, a int, b int, KEY (id), KEY tree (id) USING BTREE, UNIQUE KEY hashed (a), UNIQUE KEY tree_unique (b) USING BTREE) ENGINE = MEMORY;
CREATE TABLE places (p point NOT NULL, SPATIAL KEY near (p) COMMENT 'where');
