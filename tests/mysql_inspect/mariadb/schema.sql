CREATE TABLE types (u uuid DEFAULT uuid(), n4 inet4, n6 inet6 DEFAULT '::1', vd varbinary(3) DEFAULT (x'00ff'), p point REF_SYSTEM_ID = 4326 NOT NULL);
CREATE TABLE json (
  js json DEFAULT '{"a": "it''s"}', checked longtext CHECK (json_valid(checked)), alike longtext COLLATE utf8mb4_bin CHECK (json_valid(alike)),
  other json CHECK (json_length(other) > 1), `odd ``name` json
) CHARACTER SET latin1;
CREATE TABLE checked (a int CHECK (a > 0), b int DEFAULT 1 CHECK (b <> 'x'));
CREATE TABLE ignored (a int, KEY ignored (a) IGNORED, UNIQUE KEY ignored_unique (a) IGNORED);
CREATE TABLE long_unique (t text, UNIQUE KEY t (t));
CREATE TABLE versioned (id int PRIMARY KEY, x int, y int WITHOUT SYSTEM VERSIONING, KEY (x)) WITH SYSTEM VERSIONING;
CREATE TABLE period (a int, since timestamp(6) GENERATED ALWAYS AS ROW START, until timestamp(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (since, until)) WITH SYSTEM VERSIONING;
CREATE TABLE past (a int) WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME (PARTITION old HISTORY, PARTITION now CURRENT);
CREATE TABLE by_default (id int) PARTITION BY LIST (id) (PARTITION a VALUES IN (1), PARTITION b DEFAULT);
CREATE TABLE packed (id int) PAGE_COMPRESSED = 1;
CREATE TABLE aria (id int) ENGINE = Aria TRANSACTIONAL = 0;
CREATE SEQUENCE plain;
CREATE SEQUENCE `odd ``name` START WITH 5 INCREMENT BY 2 MINVALUE 3 MAXVALUE 100 CACHE 10 CYCLE;
CREATE SEQUENCE falling INCREMENT BY -1;
CREATE TABLE numbered (id int DEFAULT (NEXT VALUE FOR plain));
CREATE VIEW always AS SELECT * FROM versioned FOR SYSTEM_TIME ALL;
CREATE AGGREGATE FUNCTION total(x int) RETURNS int BEGIN DECLARE s int DEFAULT 0; DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN s; LOOP FETCH GROUP NEXT ROW; SET s = s + x; END LOOP; END;
CREATE FUNCTION same(a json) RETURNS json RETURN a;
