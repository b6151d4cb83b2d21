CREATE TABLE types (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'the key',
  tiny tinyint, truth boolean NOT NULL, small smallint unsigned, medium mediumint, padded int(5) zerofill,
  money decimal(10,2) unsigned, whole decimal(5), f float, d double, fd double(10,2), y year, bits bit(3),
  c char(5), vc varchar(20), b binary(4), vb varbinary(10),
  tt tinytext, tx text, mt mediumtext, lt longtext, tb tinyblob, bl blob, mb mediumblob, lb longblob,
  dt date, tm time(3), dtm datetime, dtm6 datetime(6), ts timestamp NULL, ts3 timestamp(3) NULL,
  e enum('a','it''s','b,c','d\\e'), s set('x','y'), js json,
  g geometry, p point NOT NULL, ls linestring, gc geometrycollection
);
CREATE TABLE defaults (
  a int DEFAULT 7, a2 int DEFAULT -7, m decimal(10,2) DEFAULT 1, m2 decimal(20,10) DEFAULT -0.5, d double DEFAULT 1.5e10,
  d2 double DEFAULT 0.1, truth boolean DEFAULT true, bits bit(3) DEFAULT b'101', y year DEFAULT 2020,
  vc varchar(20) DEFAULT 'it''s a\\b"', blank varchar(20) NOT NULL DEFAULT '', said_null varchar(5) DEFAULT 'NULL',
  no_default varchar(5) DEFAULT NULL, broken varchar(30) DEFAULT 'a
b	c', smile varchar(30) DEFAULT 'é😀', why varchar(30) DEFAULT 'why?', old varchar(9) CHARACTER SET latin1 DEFAULT 'é?',
  tx text DEFAULT ('abc'), number_text varchar(5) DEFAULT '007', injected varchar(90) DEFAULT '''); DROP TABLE types; -- `',
  b binary(4) DEFAULT x'00ff41', b_text binary(6) DEFAULT 'abc', vb varbinary(10) DEFAULT x'00ff41fe', vb_text varbinary(10) DEFAULT 'it''s?',
  vb_empty varbinary(3) DEFAULT '', bl blob DEFAULT ('x'),
  dt date DEFAULT '2020-01-01', dx date DEFAULT (curdate()),
  dtm datetime DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, changed datetime ON UPDATE now(),
  ts timestamp(6) NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), old_ts timestamp DEFAULT '2020-01-01 00:00:00',
  e enum('a','it''s') DEFAULT 'it''s', s set('x','y') DEFAULT 'x,y', js json DEFAULT (json_object('a', 'it''s')),
  made varchar(50) DEFAULT (concat('a', 'b\\''', uuid())), sum int DEFAULT (1 + 2)
);
CREATE TABLE computed (
  a int, c varchar(20), plus int AS (a + 1), text varchar(50) AS (concat(c, 'x''y\\', "q")) STORED,
  `odd ``name` int AS (`a` * 2) VIRTUAL COMMENT 'twice', hidden int INVISIBLE, hidden_text varchar(5) NOT NULL DEFAULT 'a' INVISIBLE COMMENT 'no'
);
CREATE TABLE charsets (
  own varchar(5), latin varchar(5) CHARACTER SET latin1, bin varchar(5) COLLATE utf8mb4_bin, both_said text CHARACTER SET latin1 COLLATE latin1_german1_ci,
  bytes varchar(5) CHARACTER SET binary, e enum('a') COLLATE utf8mb4_bin, js json
);
CREATE TABLE latin (a varchar(5), b varchar(5) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci, c varchar(5) COLLATE latin1_bin, js json) CHARACTER SET latin1;
