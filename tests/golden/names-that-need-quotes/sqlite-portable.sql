-- upgrade
-- refuses: foreign keys are enforced, so building the table `order` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `order` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'order' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"order"("id"INTEGERNOTNULL,"twowords"TEXT,CONSTRAINT"pk_order"PRIMARYKEY("id"))'
--   )
-- refuses: column `two words` of table `order` holds NULL
--   SELECT n || CASE n WHEN 1 THEN ' row' ELSE ' rows' END FROM (SELECT count(*) AS n FROM "order" WHERE "two words" IS NULL) WHERE n > 0
CREATE TABLE "_limbeck_new_order" (
    "id" INTEGER NOT NULL,
    "two words" TEXT NOT NULL DEFAULT 'it''s',
    "group" INTEGER,
    CONSTRAINT "pk_order" PRIMARY KEY ("id")
);
INSERT OR ABORT INTO "_limbeck_new_order" ("id", "two words") SELECT "id", "two words" FROM "order" ORDER BY "id";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "ix_order_group" ON "order" ("group");

-- downgrade
-- refuses: foreign keys are enforced, so building the table `order` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `order` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'order' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"order"("id"INTEGERNOTNULL,"twowords"TEXTNOTNULLDEFAULT''it''''s'',"group"INTEGER,CONSTRAINT"pk_order"PRIMARYKEY("id"))',
--   'CREATEINDEX"ix_order_group"ON"order"("group")'
--   )
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
