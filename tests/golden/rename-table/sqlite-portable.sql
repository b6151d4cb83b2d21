-- upgrade
ALTER TABLE "user" RENAME TO "member";
-- refuses: foreign keys are enforced, so building the table `member` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `member` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'member' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"member"("id"INTEGERNOTNULL,"name"VARCHAR(64)NOTNULL,CONSTRAINT"pk_user"PRIMARYKEY("id"))'
--   )
CREATE TABLE "_limbeck_new_member" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    CONSTRAINT "pk_member" PRIMARY KEY ("id")
);
INSERT OR ABORT INTO "_limbeck_new_member" ("id", "name") SELECT "id", "name" FROM "member" ORDER BY "id";
DROP TABLE "member";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_member" RENAME TO "member";
PRAGMA legacy_alter_table = OFF;
-- refuses: foreign keys are enforced, so building the table `post` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `post` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'post' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"post"("id"INTEGERNOTNULL,"user_id"INTEGER,CONSTRAINT"pk_post"PRIMARYKEY("id"),CONSTRAINT"fk_post_user_id_user"FOREIGNKEY("user_id")REFERENCES"member"("id"))',
--   'CREATEINDEX"ix_post_user_id"ON"post"("user_id")'
--   )
CREATE TABLE "_limbeck_new_post" (
    "id" INTEGER NOT NULL,
    "user_id" INTEGER,
    CONSTRAINT "pk_post" PRIMARY KEY ("id"),
    CONSTRAINT "fk_post_user_id_member" FOREIGN KEY ("user_id") REFERENCES "member" ("id")
);
INSERT OR ABORT INTO "_limbeck_new_post" ("id", "user_id") SELECT "id", "user_id" FROM "post" ORDER BY "id";
DROP TABLE "post";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_post" RENAME TO "post";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "ix_post_user_id" ON "post" ("user_id");
-- refuses: rows of table `post` refer to rows of `member` that are not there
--   SELECT child."user_id" FROM "post" AS child WHERE child."user_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "member" AS parent WHERE parent."id" = +child."user_id") LIMIT 1

-- downgrade
-- refuses: foreign keys are enforced, so building the table `post` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `post` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'post' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"post"("id"INTEGERNOTNULL,"user_id"INTEGER,CONSTRAINT"pk_post"PRIMARYKEY("id"),CONSTRAINT"fk_post_user_id_member"FOREIGNKEY("user_id")REFERENCES"member"("id"))',
--   'CREATEINDEX"ix_post_user_id"ON"post"("user_id")'
--   )
CREATE TABLE "_limbeck_new_post" (
    "id" INTEGER NOT NULL,
    "user_id" INTEGER,
    CONSTRAINT "pk_post" PRIMARY KEY ("id"),
    CONSTRAINT "fk_post_user_id_user" FOREIGN KEY ("user_id") REFERENCES "member" ("id")
);
INSERT OR ABORT INTO "_limbeck_new_post" ("id", "user_id") SELECT "id", "user_id" FROM "post" ORDER BY "id";
DROP TABLE "post";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_post" RENAME TO "post";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "ix_post_user_id" ON "post" ("user_id");
-- refuses: rows of table `post` refer to rows of `member` that are not there
--   SELECT child."user_id" FROM "post" AS child WHERE child."user_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "member" AS parent WHERE parent."id" = +child."user_id") LIMIT 1
-- refuses: foreign keys are enforced, so building the table `member` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `member` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'member' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"member"("id"INTEGERNOTNULL,"name"VARCHAR(64)NOTNULL,CONSTRAINT"pk_member"PRIMARYKEY("id"))'
--   )
CREATE TABLE "_limbeck_new_member" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
);
INSERT OR ABORT INTO "_limbeck_new_member" ("id", "name") SELECT "id", "name" FROM "member" ORDER BY "id";
DROP TABLE "member";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_member" RENAME TO "member";
PRAGMA legacy_alter_table = OFF;
ALTER TABLE "member" RENAME TO "user";
