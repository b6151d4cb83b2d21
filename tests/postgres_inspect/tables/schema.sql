CREATE SCHEMA audit;
CREATE UNLOGGED TABLE fast (a integer, b text) WITH (fillfactor = 80, autovacuum_enabled = false, toast.autovacuum_enabled = false);
COMMENT ON TABLE fast IS 'gone after a crash';
CREATE TABLE watched (a integer);
ALTER TABLE watched ENABLE ROW LEVEL SECURITY;
CREATE TABLE audit.watched (a integer);
ALTER TABLE audit.watched ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE TABLE empty ();

-- Of a partition's own there is only what it does not have from its table.
CREATE FUNCTION audit.note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TABLE measure (
  id serial, day date DEFAULT now(), city integer CHECK (city > 0), PRIMARY KEY (id, day, city), UNIQUE (day, city, id)
) PARTITION BY RANGE (day);
CREATE INDEX measure_city ON measure (city);
CREATE TRIGGER note AFTER INSERT ON measure FOR EACH ROW EXECUTE FUNCTION audit.note();
CREATE TABLE measure_2020 PARTITION OF measure FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE INDEX own ON measure_2020 (id);
ALTER TABLE measure_2020 ADD CONSTRAINT small CHECK (city < 100);
CREATE TABLE audit.rest PARTITION OF measure DEFAULT PARTITION BY LIST (city);
CREATE TABLE audit.attached (city integer NOT NULL CHECK (city > 0), id integer NOT NULL, day date NOT NULL);
ALTER TABLE audit.attached RENAME CONSTRAINT attached_city_check TO measure_city_check;
ALTER TABLE audit.rest ATTACH PARTITION audit.attached FOR VALUES IN (1, 2);
CREATE TABLE reading (id integer, day date, city integer, FOREIGN KEY (id, day, city) REFERENCES measure);
CREATE TABLE refers (author integer, city integer) PARTITION BY HASH (city, (author + 1));
CREATE TABLE refers_0 PARTITION OF refers FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TABLE author (id integer PRIMARY KEY);
ALTER TABLE refers ADD FOREIGN KEY (author) REFERENCES author;

CREATE TABLE parent (a integer NOT NULL CHECK (a > 0), b text);
CREATE TABLE audit.parent (a integer);
CREATE TABLE child (own integer, b text) INHERITS (parent, audit.parent);
CREATE TEMPORARY TABLE passing (a serial PRIMARY KEY);
