-- upgrade
-- refuses: foreign keys are enforced, so building the table `membership` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `membership` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'membership' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"membership"("user_id"INTNOTNULL,"group_id"INTEGERNOTNULL,CONSTRAINT"pk_membership"PRIMARYKEY("user_id"))'
--   )
-- refuses: columns `user_id`, `group_id` of table `membership` hold the same values twice
--   SELECT "user_id", "group_id" FROM "membership" WHERE "user_id" IS NOT NULL AND "group_id" IS NOT NULL GROUP BY "user_id", "group_id" HAVING count(*) > 1 LIMIT 1
CREATE TABLE "_limbeck_new_membership" (
    "user_id" INTEGER NOT NULL,
    "group_id" INTEGER NOT NULL,
    CONSTRAINT "pk_membership" PRIMARY KEY ("user_id", "group_id")
);
INSERT OR ABORT INTO "_limbeck_new_membership" ("user_id", "group_id", rowid) SELECT "user_id", "group_id", rowid FROM "membership" ORDER BY rowid;
DROP TABLE "membership";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_membership" RENAME TO "membership";
PRAGMA legacy_alter_table = OFF;

-- downgrade
-- refuses: foreign keys are enforced, so building the table `membership` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `membership` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'membership' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"membership"("user_id"INTEGERNOTNULL,"group_id"INTEGERNOTNULL,CONSTRAINT"pk_membership"PRIMARYKEY("user_id","group_id"))'
--   )
-- refuses: column `user_id` of table `membership` holds a value twice
--   SELECT "user_id" FROM "membership" WHERE "user_id" IS NOT NULL GROUP BY "user_id" HAVING count(*) > 1 LIMIT 1
CREATE TABLE "_limbeck_new_membership" (
    "user_id" INT NOT NULL,
    "group_id" INTEGER NOT NULL,
    CONSTRAINT "pk_membership" PRIMARY KEY ("user_id")
);
INSERT OR ABORT INTO "_limbeck_new_membership" ("user_id", "group_id", rowid) SELECT "user_id", "group_id", rowid FROM "membership" ORDER BY rowid;
DROP TABLE "membership";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_membership" RENAME TO "membership";
PRAGMA legacy_alter_table = OFF;
