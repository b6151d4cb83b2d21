CREATE TABLE types (p point NOT NULL SRID 4326, p0 point SRID 0, vd varbinary(3) DEFAULT (x'00ff'), u binary(16) DEFAULT (uuid_to_bin(uuid())), js json, SPATIAL KEY near (p));
CREATE TABLE checked (a int, CONSTRAINT lax CHECK (a IN (1, 2)) NOT ENFORCED);
CREATE TABLE indexes (
  a int, c varchar(5), js json, KEY hidden (c) INVISIBLE, UNIQUE KEY hidden_unique (c) INVISIBLE, KEY computed ((a + 1), c DESC), KEY text ((lower(c))), UNIQUE KEY `odd "` ((concat(c, 'it''s\n\\'))),
  KEY many ((CAST(js->'$.a' AS unsigned ARRAY)))
);
CREATE TABLE packed (id int) COMPRESSION = 'zlib';
CREATE TABLE `a``b'c"d
e\f` (`a``b'c"d
e\f` int, g int AS (`a``b'c"d
e\f` + 1), CHECK (`a``b'c"d
e\f` > 0));
SET sql_generate_invisible_primary_key = ON;
CREATE TABLE own_key (a int);
CREATE FUNCTION same(a json) RETURNS json DETERMINISTIC RETURN a;
CREATE TABLE words (id int, t text, FULLTEXT KEY plain (t));
CREATE TABLE ngrams (t text, FULLTEXT KEY ngrams (t) WITH PARSER ngram);
