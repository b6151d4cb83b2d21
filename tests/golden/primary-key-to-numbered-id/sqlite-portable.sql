-- upgrade
-- refuses: foreign keys are enforced, so building the table `tag` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `tag` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'tag' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"tag"("word"VARCHAR(40)NOTNULL,CONSTRAINT"pk_tag"PRIMARYKEY("word"))'
--   )
CREATE TABLE "_limbeck_new_tag" (
    "word" VARCHAR(40) NOT NULL,
    "id" INTEGER NOT NULL,
    CONSTRAINT "pk_tag" PRIMARY KEY ("id"),
    CONSTRAINT "uq_tag_word" UNIQUE ("word")
);
INSERT OR ABORT INTO "_limbeck_new_tag" ("word", "id") SELECT "word", rowid FROM "tag" ORDER BY rowid;
DROP TABLE "tag";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_tag" RENAME TO "tag";
PRAGMA legacy_alter_table = OFF;

-- downgrade
-- refuses: foreign keys are enforced, so building the table `tag` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `tag` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'tag' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"tag"("word"VARCHAR(40)NOTNULL,"id"INTEGERNOTNULL,CONSTRAINT"pk_tag"PRIMARYKEY("id"),CONSTRAINT"uq_tag_word"UNIQUE("word"))'
--   )
CREATE TABLE "_limbeck_new_tag" (
    "word" VARCHAR(40) NOT NULL,
    CONSTRAINT "pk_tag" PRIMARY KEY ("word")
);
INSERT OR ABORT INTO "_limbeck_new_tag" ("word", rowid) SELECT "word", "id" FROM "tag" ORDER BY "id";
DROP TABLE "tag";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_tag" RENAME TO "tag";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "_limbeck_check" ("a");
ALTER TABLE "_limbeck_check" RENAME COLUMN "a" TO "b";
DROP TABLE "_limbeck_check";
