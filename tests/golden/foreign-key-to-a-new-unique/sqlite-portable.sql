-- upgrade
-- refuses: foreign keys are enforced, so building the table `user` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `user` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'user' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"user"("id"INTEGERNOTNULL,"name"VARCHAR(64)NOTNULL,"email"VARCHAR(120),CONSTRAINT"pk_user"PRIMARYKEY("id"))'
--   )
-- refuses: column `email` of table `user` holds a value twice
--   SELECT "email" FROM "user" WHERE "email" IS NOT NULL GROUP BY "email" HAVING count(*) > 1 LIMIT 1
CREATE TABLE "_limbeck_new_user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "email" VARCHAR(120),
    CONSTRAINT "pk_user" PRIMARY KEY ("id"),
    CONSTRAINT "uq_user_email" UNIQUE ("email")
);
INSERT OR ABORT INTO "_limbeck_new_user" ("id", "name", "email") SELECT "id", "name", "email" FROM "user" ORDER BY "id";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
-- refuses: foreign keys are enforced, so building the table `post` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `post` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'post' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"post"("id"INTEGERNOTNULL,"user_email"VARCHAR(120),CONSTRAINT"pk_post"PRIMARYKEY("id"))'
--   )
CREATE TABLE "_limbeck_new_post" (
    "id" INTEGER NOT NULL,
    "user_email" VARCHAR(120),
    CONSTRAINT "pk_post" PRIMARY KEY ("id"),
    CONSTRAINT "fk_post_user_email_user" FOREIGN KEY ("user_email") REFERENCES "user" ("email")
);
INSERT OR ABORT INTO "_limbeck_new_post" ("id", "user_email") SELECT "id", "user_email" FROM "post" ORDER BY "id";
DROP TABLE "post";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_post" RENAME TO "post";
PRAGMA legacy_alter_table = OFF;
-- refuses: rows of table `post` refer to rows of `user` that are not there
--   SELECT child."user_email" FROM "post" AS child WHERE child."user_email" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "user" AS parent WHERE parent."email" = +child."user_email") LIMIT 1

-- downgrade
-- refuses: foreign keys are enforced, so building the table `post` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `post` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'post' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"post"("id"INTEGERNOTNULL,"user_email"VARCHAR(120),CONSTRAINT"pk_post"PRIMARYKEY("id"),CONSTRAINT"fk_post_user_email_user"FOREIGNKEY("user_email")REFERENCES"user"("email"))'
--   )
CREATE TABLE "_limbeck_new_post" (
    "id" INTEGER NOT NULL,
    "user_email" VARCHAR(120),
    CONSTRAINT "pk_post" PRIMARY KEY ("id")
);
INSERT OR ABORT INTO "_limbeck_new_post" ("id", "user_email") SELECT "id", "user_email" FROM "post" ORDER BY "id";
DROP TABLE "post";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_post" RENAME TO "post";
PRAGMA legacy_alter_table = OFF;
-- refuses: foreign keys are enforced, so building the table `user` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `user` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'user' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"user"("id"INTEGERNOTNULL,"name"VARCHAR(64)NOTNULL,"email"VARCHAR(120),CONSTRAINT"pk_user"PRIMARYKEY("id"),CONSTRAINT"uq_user_email"UNIQUE("email"))'
--   )
CREATE TABLE "_limbeck_new_user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "email" VARCHAR(120),
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
);
INSERT OR ABORT INTO "_limbeck_new_user" ("id", "name", "email") SELECT "id", "name", "email" FROM "user" ORDER BY "id";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
