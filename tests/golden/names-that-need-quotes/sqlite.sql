-- upgrade
-- refuses: column `two words` of table `order` holds NULL
--   SELECT n || CASE n WHEN 1 THEN ' row' ELSE ' rows' END FROM (SELECT count(*) AS n FROM "order" WHERE "two words" IS NULL) WHERE n > 0
UPDATE "order" SET "two words" = "two words" WHERE "two words" IS NULL;
ALTER TABLE "order" ADD COLUMN "group" INTEGER;
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE "order" (
    "id" INTEGER NOT NULL,
    "two words" TEXT NOT NULL DEFAULT ''it''''s'',
    "group" INTEGER,
    CONSTRAINT "pk_order" PRIMARY KEY ("id")
)' WHERE type = 'table' AND name = 'order';
-- refuses: table `order` is no longer as it was read
--   SELECT 'its text differs' WHERE changes() = 0
PRAGMA writable_schema = RESET;
CREATE VIEW "_limbeck_changed" AS SELECT 1;
DROP VIEW "_limbeck_changed";
CREATE INDEX "ix_order_group" ON "order" ("group");

-- downgrade
-- refuses: foreign keys are enforced, so building the table `order` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: a view names the column `group` of table `order` in double quotes, so SQLite would take it for a text; drop the view first
--   SELECT name FROM sqlite_master WHERE type = 'view' AND instr(replace(replace(replace(replace(replace(lower(sql), '."group"', ''), 'as "group"', ''), 'from "group"', ''), 'join "group"', ''), 'view "group"', ''), '"group"') AND instr(lower(sql), 'order') LIMIT 1
CREATE TABLE "_limbeck_new_order" (
    "id" INTEGER NOT NULL,
    "two words" TEXT,
    CONSTRAINT "pk_order" PRIMARY KEY ("id")
);
INSERT OR ABORT INTO "_limbeck_new_order" ("id", "two words") SELECT "id", "two words" FROM "order" ORDER BY "id";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "_limbeck_check" ("a");
ALTER TABLE "_limbeck_check" RENAME COLUMN "a" TO "b";
DROP TABLE "_limbeck_check";
