-- upgrade
-- refuses: foreign keys are enforced, so building the table `setting` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `setting` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'setting' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"setting"("key"VARCHAR(40)NOTNULL,"value"TEXT,CONSTRAINT"pk_setting"PRIMARYKEY("key"))'
--   )
CREATE TABLE "_limbeck_new_setting" (
    "key" VARCHAR(40) NOT NULL,
    "value" TEXT,
    CONSTRAINT "pk_setting" PRIMARY KEY ("key")
) WITHOUT ROWID;
INSERT OR ABORT INTO "_limbeck_new_setting" ("key", "value") SELECT "key", "value" FROM "setting" ORDER BY rowid;
DROP TABLE "setting";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_setting" RENAME TO "setting";
PRAGMA legacy_alter_table = OFF;

-- downgrade
-- refuses: foreign keys are enforced, so building the table `setting` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `setting` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'setting' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"setting"("key"VARCHAR(40)NOTNULL,"value"TEXT,CONSTRAINT"pk_setting"PRIMARYKEY("key"))WITHOUTROWID'
--   )
CREATE TABLE "_limbeck_new_setting" (
    "key" VARCHAR(40) NOT NULL,
    "value" TEXT,
    CONSTRAINT "pk_setting" PRIMARY KEY ("key")
);
INSERT OR ABORT INTO "_limbeck_new_setting" ("key", "value") SELECT "key", "value" FROM "setting";
DROP TABLE "setting";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_setting" RENAME TO "setting";
PRAGMA legacy_alter_table = OFF;
