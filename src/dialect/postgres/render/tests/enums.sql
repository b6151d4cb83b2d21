ALTER TYPE "app"."mood" ADD VALUE 'a' BEFORE 'b';
ALTER TYPE "app"."mood" ADD VALUE 'b2' AFTER 'b';
ALTER TYPE "app"."mood" ADD VALUE 'd';
ALTER TYPE "app"."mood" RENAME VALUE 'd' TO 'e';
ALTER TYPE "app"."mood" RENAME VALUE 'a' TO '_limbeck_renamed';
ALTER TYPE "app"."mood" RENAME VALUE 'b' TO 'a';
ALTER TYPE "app"."mood" RENAME VALUE '_limbeck_renamed' TO 'b';
ALTER TYPE "app"."mood" RENAME VALUE 'b' TO 'x';
SELECT "m" FROM "app"."t" WHERE "m"::text IN ('a', 'b2', 'e') LIMIT 1; -- or rows of `app.t.m` still hold what the enum `app.mood` loses: `a`, `b2`, `e`
SELECT value FROM "app"."t", unnest("l"::text[]) AS value WHERE value IN ('a', 'b2', 'e') LIMIT 1; -- or rows of `app.t.l` still hold what the enum `app.mood` loses: `a`, `b2`, `e`
ALTER TABLE "app"."t" DROP CONSTRAINT "ck";
ALTER TYPE "app"."mood" RENAME TO "_limbeck_mood_old";
CREATE TYPE "app"."mood" AS ENUM ('c', 'x');
ALTER TABLE "app"."t"
    ALTER COLUMN "m" DROP DEFAULT,
    ALTER COLUMN "m" TYPE "app"."mood" USING "m"::text::"app"."mood",
    ALTER COLUMN "m" SET DEFAULT 'x',
    ALTER COLUMN "l" TYPE "app"."mood"[] USING "l"::text[]::"app"."mood"[];
DROP TYPE "app"."_limbeck_mood_old";
ALTER TABLE "app"."t" ADD CONSTRAINT "ck" CHECK (m <> 'c'::app.mood);
