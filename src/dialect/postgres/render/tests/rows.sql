INSERT INTO "app"."user" ("id", "name") OVERRIDING SYSTEM VALUE VALUES
    (7, 'it''s'),
    (3, upper('x') -- x
);
INSERT INTO "app"."user" ("name") OVERRIDING SYSTEM VALUE VALUES
    (true);
INSERT INTO "app"."user" ("size") OVERRIDING SYSTEM VALUE VALUES
    (1e300);
INSERT INTO "app"."user" DEFAULT VALUES;
SELECT setval(seqrelid::regclass, 7)
FROM pg_catalog.pg_sequence
WHERE seqrelid = pg_get_serial_sequence('"app"."user"', 'id')::regclass
    AND seqincrement > 0 AND 7 BETWEEN seqmin AND seqmax
    AND coalesce(7 > pg_sequence_last_value(seqrelid::regclass), 7 >= seqstart);
UPDATE "user" SET "name" = (first || last) WHERE "name" IS NULL;
SELECT 1;
DO $$ BEGIN; END $$;
