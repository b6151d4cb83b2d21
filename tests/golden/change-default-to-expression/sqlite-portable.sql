-- upgrade
-- refuses: foreign keys are enforced, so building the table `user` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `user` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'user' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"user"("id"INTEGERNOTNULL,"name"VARCHAR(64)NOTNULL,"age"INTEGERDEFAULT18,CONSTRAINT"pk_user"PRIMARYKEY("id"))'
--   )
CREATE TABLE "_limbeck_new_user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "age" INTEGER DEFAULT (abs(random() % 100)),
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
);
INSERT OR ABORT INTO "_limbeck_new_user" ("id", "name", "age") SELECT "id", "name", "age" FROM "user" ORDER BY "id";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;

-- downgrade
-- refuses: foreign keys are enforced, so building the table `user` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `user` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'user' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"user"("id"INTEGERNOTNULL,"name"VARCHAR(64)NOTNULL,"age"INTEGERDEFAULT(abs(random()%100)),CONSTRAINT"pk_user"PRIMARYKEY("id"))'
--   )
CREATE TABLE "_limbeck_new_user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "age" INTEGER DEFAULT 18,
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
);
INSERT OR ABORT INTO "_limbeck_new_user" ("id", "name", "age") SELECT "id", "name", "age" FROM "user" ORDER BY "id";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
