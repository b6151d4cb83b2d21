-- upgrade
CREATE TABLE "team" (
    "id" INTEGER NOT NULL,
    CONSTRAINT "pk_team" PRIMARY KEY ("id")
);
-- refuses: foreign keys are enforced, so building the table `user` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `user` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'user' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"user"("id"INTEGERNOTNULL,"name"VARCHAR(64)NOTNULL,"age"VARCHAR(10),"bio"TEXT,"nick"VARCHAR(20),CONSTRAINT"pk_user"PRIMARYKEY("id"))'
--   )
-- refuses: column `nick` of table `user` holds NULL
--   SELECT n || CASE n WHEN 1 THEN ' row' ELSE ' rows' END FROM (SELECT count(*) AS n FROM "user" WHERE "nick" IS NULL) WHERE n > 0
-- refuses: column `nick` of table `user` holds a value twice
--   SELECT "nick" FROM "user" WHERE "nick" IS NOT NULL GROUP BY "nick" HAVING count(*) > 1 LIMIT 1
CREATE TABLE "_limbeck_new_user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "age" INTEGER,
    "nick" VARCHAR(20) NOT NULL DEFAULT '',
    "team_id" INTEGER,
    CONSTRAINT "pk_user" PRIMARY KEY ("id"),
    CONSTRAINT "uq_user_nick" UNIQUE ("nick"),
    CONSTRAINT "ck_user_age" CHECK (age > 0),
    CONSTRAINT "fk_user_team_id_team" FOREIGN KEY ("team_id") REFERENCES "team" ("id")
);
INSERT OR ABORT INTO "_limbeck_new_user" ("id", "name", "age", "nick") SELECT "id", "name", "age", "nick" FROM "user" ORDER BY "id";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
-- refuses: rows of table `user` refer to rows of `team` that are not there
--   SELECT child."team_id" FROM "user" AS child WHERE child."team_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "team" AS parent WHERE parent."id" = +child."team_id") LIMIT 1
CREATE TABLE "_limbeck_check" ("a");
ALTER TABLE "_limbeck_check" RENAME COLUMN "a" TO "b";
DROP TABLE "_limbeck_check";

-- downgrade
-- refuses: foreign keys are enforced, so building the table `user` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `user` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'user' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"user"("id"INTEGERNOTNULL,"name"VARCHAR(64)NOTNULL,"age"INTEGER,"nick"VARCHAR(20)NOTNULLDEFAULT'''',"team_id"INTEGER,CONSTRAINT"pk_user"PRIMARYKEY("id"),CONSTRAINT"uq_user_nick"UNIQUE("nick"),CONSTRAINT"ck_user_age"CHECK(age>0),CONSTRAINT"fk_user_team_id_team"FOREIGNKEY("team_id")REFERENCES"team"("id"))'
--   )
CREATE TABLE "_limbeck_new_user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "age" VARCHAR(10),
    "nick" VARCHAR(20),
    "bio" TEXT,
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
);
INSERT OR ABORT INTO "_limbeck_new_user" ("id", "name", "age", "nick") SELECT "id", "name", "age", "nick" FROM "user" ORDER BY "id";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "_limbeck_check" ("a");
ALTER TABLE "_limbeck_check" RENAME COLUMN "a" TO "b";
DROP TABLE "_limbeck_check";
DROP TABLE "team";
