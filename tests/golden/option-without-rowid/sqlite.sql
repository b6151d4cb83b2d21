-- upgrade
-- refuses: foreign keys are enforced, so building the table `setting` anew would touch the rows that refer to it; `PRAGMA foreign_keys = OFF` belongs before the transaction
--   SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys = 1
CREATE TABLE "_limbeck_new_setting" (
    "key" VARCHAR(40) NOT NULL,
    "value" TEXT,
    CONSTRAINT "pk_setting" PRIMARY KEY ("key")
) WITHOUT ROWID;
INSERT INTO "_limbeck_new_setting" ("key", "value") SELECT "key", "value" FROM "setting" ORDER BY rowid;
DROP TABLE "setting";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_setting" RENAME TO "setting";
PRAGMA legacy_alter_table = OFF;

-- downgrade
-- refuses: foreign keys are enforced, so building the table `setting` anew would touch the rows that refer to it; `PRAGMA foreign_keys = OFF` belongs before the transaction
--   SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys = 1
CREATE TABLE "_limbeck_new_setting" (
    "key" VARCHAR(40) NOT NULL,
    "value" TEXT,
    CONSTRAINT "pk_setting" PRIMARY KEY ("key")
);
INSERT INTO "_limbeck_new_setting" ("key", "value") SELECT "key", "value" FROM "setting";
DROP TABLE "setting";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_setting" RENAME TO "setting";
PRAGMA legacy_alter_table = OFF;
