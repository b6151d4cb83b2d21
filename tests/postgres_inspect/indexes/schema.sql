CREATE SCHEMA audit;
CREATE COLLATION audit.german FROM "C";
CREATE TABLE author (
  id integer PRIMARY KEY, name varchar(20), n integer, j jsonb, c text COLLATE "C", g text COLLATE audit.german, r int4range,
  "Odd name" text
);
CREATE INDEX many ON author (name DESC, n NULLS FIRST, lower(name) COLLATE "POSIX" text_pattern_ops, c)
  INCLUDE (id, "Odd name") WITH (fillfactor = 60) WHERE n > 3 AND name IS NOT NULL;
CREATE UNIQUE INDEX two ON author (name varchar_pattern_ops, (n + 1) DESC NULLS LAST) NULLS NOT DISTINCT;
CREATE INDEX own_collations ON author (lower(name), c, lower(c), g, lower(g));
CREATE INDEX other_collations ON author (name COLLATE "C", c COLLATE "default", n, g COLLATE "C", name COLLATE audit.german);
CREATE INDEX contents ON author USING gin (j jsonb_path_ops) WITH (fastupdate = off);
CREATE INDEX ranges ON author USING gist (r);
CREATE INDEX hashed ON author USING hash ("Odd name");
CREATE INDEX expressions ON author ((j ->> 'a'), (n IS NULL), coalesce(name, c));
CREATE INDEX left_behind ON author (n);
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'left_behind'::regclass;
COMMENT ON INDEX many IS 'for the list';
