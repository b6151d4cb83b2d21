CREATE SCHEMA audit;
CREATE TABLE author (
  id integer PRIMARY KEY, name varchar(20), n integer, status text,
  UNIQUE (name, n) INCLUDE (status) WITH (fillfactor = 70) DEFERRABLE INITIALLY DEFERRED,
  UNIQUE NULLS NOT DISTINCT (status),
  CHECK (n > 0) NO INHERIT,
  CONSTRAINT both_set CHECK (name IS NULL OR (n IS NOT NULL AND status IN ('a', 'b'))),
  EXCLUDE USING gist (int4range(0, n) WITH &&) WHERE (n > 1)
);
CREATE TABLE audit.pair (x integer, y integer, z integer, PRIMARY KEY (y, x) INCLUDE (z));
CREATE TABLE audit.late (x integer PRIMARY KEY DEFERRABLE, y integer UNIQUE DEFERRABLE);
CREATE TABLE audit.latest (x integer PRIMARY KEY DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE audit.log (
  id bigint CONSTRAINT log_key PRIMARY KEY WITH (fillfactor = 50),
  author integer, a integer, b integer, parent bigint REFERENCES audit.log,
  CONSTRAINT whole FOREIGN KEY (author) REFERENCES author MATCH FULL ON DELETE CASCADE ON UPDATE RESTRICT DEFERRABLE,
  CONSTRAINT part FOREIGN KEY (a, b) REFERENCES audit.pair ON DELETE SET NULL (b) ON UPDATE SET DEFAULT
);
ALTER TABLE audit.log ADD CONSTRAINT later FOREIGN KEY (author) REFERENCES author (id)
  ON DELETE SET DEFAULT ON UPDATE SET NULL NOT VALID;
ALTER TABLE audit.log ADD CONSTRAINT positive CHECK (a > 0 AND b > 0) NOT VALID;
