-- upgrade
-- refuses: foreign keys are enforced, so building the table `setting` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
CREATE TABLE "_limbeck_new_setting" (
    "key" VARCHAR(40) NOT NULL,
    "value" TEXT,
    CONSTRAINT "pk_setting" PRIMARY KEY ("key")
) WITHOUT ROWID;
INSERT OR ABORT INTO "_limbeck_new_setting" ("key", "value") SELECT "key", "value" FROM "setting" ORDER BY rowid;
DROP TABLE "setting";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_setting" RENAME TO "setting";
PRAGMA legacy_alter_table = OFF;

-- downgrade
-- refuses: foreign keys are enforced, so building the table `setting` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
CREATE TABLE "_limbeck_new_setting" (
    "key" VARCHAR(40) NOT NULL,
    "value" TEXT,
    CONSTRAINT "pk_setting" PRIMARY KEY ("key")
);
INSERT OR ABORT INTO "_limbeck_new_setting" ("key", "value") SELECT "key", "value" FROM "setting";
DROP TABLE "setting";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_setting" RENAME TO "setting";
PRAGMA legacy_alter_table = OFF;
