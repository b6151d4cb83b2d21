CREATE SCHEMA audit;
CREATE EXTENSION citext;
CREATE EXTENSION hstore SCHEMA audit;
CREATE SEQUENCE plain;
CREATE SEQUENCE audit.small AS smallint INCREMENT 2 MINVALUE -5 START 3;
CREATE SEQUENCE down INCREMENT -1;
CREATE TYPE mood AS ENUM ('sad');
ALTER TYPE mood ADD VALUE 'happy';
ALTER TYPE mood ADD VALUE 'between' BEFORE 'happy';
CREATE DOMAIN audit.code AS varchar(10) COLLATE "C" DEFAULT 'x' NOT NULL
  CONSTRAINT b CHECK (VALUE <> 'q') CONSTRAINT a CHECK (length(VALUE) > 1);
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE TYPE "Pair" AS (a text COLLATE "C", "B c" integer[], d positive);
CREATE TYPE span AS RANGE (SUBTYPE = text, COLLATION = "C");
CREATE TYPE stretch AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi);

CREATE TABLE author (id serial PRIMARY KEY, name citext, n integer, extra audit.hstore);
CREATE TABLE audit.log (x integer, y integer);
CREATE SEQUENCE audit.counter OWNED BY audit.log.x;
CREATE VIEW loud AS SELECT id, upper(name::text) AS name FROM author WHERE n > 0;
CREATE VIEW audit.louder WITH (security_barrier = true) AS SELECT name FROM loud WITH CASCADED CHECK OPTION;
CREATE MATERIALIZED VIEW kept WITH (fillfactor = 70) AS SELECT count(*) FROM loud WITH NO DATA;
CREATE UNIQUE INDEX kept_count ON kept (count);

CREATE FUNCTION f(a integer, b text DEFAULT 'x') RETURNS integer LANGUAGE sql AS $$ SELECT a $$;
CREATE FUNCTION f(VARIADIC a integer[], OUT b text) LANGUAGE sql AS $$ SELECT 'a' $$;
CREATE FUNCTION audit.note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE PROCEDURE p(INOUT a integer) LANGUAGE sql AS $$ SELECT a $$;
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);
CREATE TRIGGER note BEFORE UPDATE OF n ON author FOR EACH ROW WHEN (old.n > 0) EXECUTE FUNCTION audit.note('a');
CREATE TRIGGER note AFTER INSERT ON audit.log FOR EACH ROW EXECUTE FUNCTION audit.note();
CREATE TRIGGER instead INSTEAD OF INSERT ON loud FOR EACH ROW EXECUTE FUNCTION audit.note();
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON author DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audit.note();
ALTER TABLE author DISABLE TRIGGER note;
CREATE EVENT TRIGGER watching ON ddl_command_end WHEN TAG IN ('DROP TABLE', 'CREATE TABLE') EXECUTE FUNCTION watch();
ALTER EVENT TRIGGER watching DISABLE;

CREATE POLICY everybody ON author USING (n > 0);
CREATE POLICY changes ON audit.log AS RESTRICTIVE FOR UPDATE TO pg_signal_backend, pg_monitor USING (x > 0) WITH CHECK (y > 0 OR x > 1);
CREATE RULE nothing AS ON INSERT TO audit.log DO NOTHING;
CREATE RULE two AS ON DELETE TO author WHERE old.n > 0 DO ALSO (INSERT INTO audit.log VALUES (1, 2); SELECT 1);
CREATE STATISTICS both_columns ON n, name FROM author;
CREATE STATISTICS audit.common (mcv) ON x, y FROM audit.log;

CREATE FOREIGN DATA WRAPPER elsewhere;
CREATE SERVER far FOREIGN DATA WRAPPER elsewhere;
CREATE FOREIGN TABLE audit.remote (a integer) SERVER far;
CREATE USER MAPPING FOR PUBLIC SERVER far;
CREATE OPERATOR === (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq);
CREATE OPERATOR CLASS by_four FOR TYPE integer USING hash AS OPERATOR 1 =;
CREATE COLLATION audit.german FROM "C";
CREATE TEXT SEARCH CONFIGURATION words (COPY = simple);
CREATE TEXT SEARCH DICTIONARY dictionary (TEMPLATE = simple);
CREATE CAST (audit.hstore AS integer) WITH INOUT;
CREATE CONVERSION there FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
SET client_min_messages = error;
CREATE PUBLICATION everything FOR ALL TABLES;
