-- upgrade
ALTER TABLE "user" RENAME TO "member";
-- refuses: foreign keys are enforced, so building the table `member` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `member` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'member' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"member"("id"INTEGERNOTNULL,"name"VARCHAR(64)NOTNULL,"email"VARCHAR(120),CONSTRAINT"pk_user"PRIMARYKEY("id"))',
--   'CREATEUNIQUEINDEX"ix_user_email"ON"member"("email")'
--   )
CREATE TABLE "_limbeck_new_member" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "email" VARCHAR(200),
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
);
INSERT OR ABORT INTO "_limbeck_new_member" ("id", "name", "email") SELECT "id", "name", "email" FROM "member" ORDER BY "id";
DROP TABLE "member";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_member" RENAME TO "member";
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX "ix_user_email" ON "member" ("email");
ALTER TABLE "member" RENAME COLUMN "email" TO "mail";

-- downgrade
-- refuses: foreign keys are enforced, so building the table `member` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `member` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'member' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"member"("id"INTEGERNOTNULL,"name"VARCHAR(64)NOTNULL,"mail"VARCHAR(200),CONSTRAINT"pk_member"PRIMARYKEY("id"))',
--   'CREATEUNIQUEINDEX"ix_member_mail"ON"member"("mail")'
--   )
CREATE TABLE "_limbeck_new_member" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "mail" VARCHAR(120),
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
);
INSERT OR ABORT INTO "_limbeck_new_member" ("id", "name", "mail") SELECT "id", "name", "mail" FROM "member" ORDER BY "id";
DROP TABLE "member";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_member" RENAME TO "member";
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX "ix_user_email" ON "member" ("mail");
ALTER TABLE "member" RENAME COLUMN "mail" TO "email";
ALTER TABLE "member" RENAME TO "user";
