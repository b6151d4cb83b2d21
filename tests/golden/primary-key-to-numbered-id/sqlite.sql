-- upgrade
-- refuses: foreign keys are enforced, so building the table `tag` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
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
