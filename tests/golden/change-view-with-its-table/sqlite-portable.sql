-- upgrade
DROP VIEW "bios";
-- refuses: foreign keys are enforced, so building the table `user` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `user` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'user' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"user"("id"INTEGERNOTNULL,"name"VARCHAR(64)NOTNULL,"bio"TEXT,CONSTRAINT"pk_user"PRIMARYKEY("id"))'
--   )
CREATE TABLE "_limbeck_new_user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "about" TEXT,
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
);
INSERT OR ABORT INTO "_limbeck_new_user" ("id", "name") SELECT "id", "name" FROM "user" ORDER BY "id";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "_limbeck_check" ("a");
ALTER TABLE "_limbeck_check" RENAME COLUMN "a" TO "b";
DROP TABLE "_limbeck_check";
CREATE VIEW "bios" AS
SELECT id, about FROM "user";

-- downgrade
DROP VIEW "bios";
-- refuses: foreign keys are enforced, so building the table `user` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `user` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'user' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"user"("id"INTEGERNOTNULL,"name"VARCHAR(64)NOTNULL,"about"TEXT,CONSTRAINT"pk_user"PRIMARYKEY("id"))'
--   )
CREATE TABLE "_limbeck_new_user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "bio" TEXT,
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
);
INSERT OR ABORT INTO "_limbeck_new_user" ("id", "name") SELECT "id", "name" FROM "user" ORDER BY "id";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "_limbeck_check" ("a");
ALTER TABLE "_limbeck_check" RENAME COLUMN "a" TO "b";
DROP TABLE "_limbeck_check";
CREATE VIEW "bios" AS
SELECT id, bio FROM "user";
