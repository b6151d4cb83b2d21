CREATE UNIQUE INDEX "u" ON "app"."t" ("a" DESC NULLS LAST, (lower(b)) COLLATE "C" NULLS FIRST) INCLUDE ("b") NULLS NOT DISTINCT WHERE a > 0 -- all
;
COMMENT ON INDEX "app"."u" IS 'fast';
CREATE INDEX "g" ON "app"."t" USING gin ("a", "b" jsonb_path_ops) WITH (fastupdate=off) TABLESPACE "Fast";
DROP INDEX "app"."u";
DROP INDEX CONCURRENTLY "app"."c";
CREATE INDEX CONCURRENTLY "c" ON "app"."t" ("a");
CREATE INDEX CONCURRENTLY "c" ON "app"."t" ("a");
DROP INDEX CONCURRENTLY "app"."c";
