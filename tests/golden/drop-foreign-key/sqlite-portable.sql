-- upgrade
-- refuses: foreign keys are enforced, so building the table `post` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `post` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'post' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"post"("id"INTEGERNOTNULL,"user_id"INTEGER,CONSTRAINT"pk_post"PRIMARYKEY("id"),CONSTRAINT"fk_post_user_id_user"FOREIGNKEY("user_id")REFERENCES"user"("id"))'
--   )
CREATE TABLE "_limbeck_new_post" (
    "id" INTEGER NOT NULL,
    "user_id" INTEGER,
    CONSTRAINT "pk_post" PRIMARY KEY ("id")
);
INSERT OR ABORT INTO "_limbeck_new_post" ("id", "user_id") SELECT "id", "user_id" FROM "post" ORDER BY "id";
DROP TABLE "post";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_post" RENAME TO "post";
PRAGMA legacy_alter_table = OFF;

-- downgrade
-- refuses: foreign keys are enforced, so building the table `post` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `post` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'post' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"post"("id"INTEGERNOTNULL,"user_id"INTEGER,CONSTRAINT"pk_post"PRIMARYKEY("id"))'
--   )
CREATE TABLE "_limbeck_new_post" (
    "id" INTEGER NOT NULL,
    "user_id" INTEGER,
    CONSTRAINT "pk_post" PRIMARY KEY ("id"),
    CONSTRAINT "fk_post_user_id_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id")
);
INSERT OR ABORT INTO "_limbeck_new_post" ("id", "user_id") SELECT "id", "user_id" FROM "post" ORDER BY "id";
DROP TABLE "post";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_post" RENAME TO "post";
PRAGMA legacy_alter_table = OFF;
-- refuses: rows of table `post` refer to rows of `user` that are not there
--   SELECT child."user_id" FROM "post" AS child WHERE child."user_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "user" AS parent WHERE parent."id" = +child."user_id") LIMIT 1
