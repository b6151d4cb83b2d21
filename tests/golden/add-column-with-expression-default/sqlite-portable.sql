-- upgrade
-- refuses: foreign keys are enforced, so building the table `user` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
CREATE TABLE "_limbeck_new_user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "created" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
);
INSERT OR ABORT INTO "_limbeck_new_user" ("id", "name") SELECT "id", "name" FROM "user" ORDER BY "id";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;

-- downgrade
-- refuses: foreign keys are enforced, so building the table `user` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: a view names the column `created` of table `user` in double quotes, so SQLite would take it for a text; drop the view first
--   SELECT name FROM sqlite_master WHERE type = 'view' AND instr(replace(replace(replace(replace(replace(lower(sql), '."created"', ''), 'as "created"', ''), 'from "created"', ''), 'join "created"', ''), 'view "created"', ''), '"created"') AND instr(lower(sql), 'user') LIMIT 1
CREATE TABLE "_limbeck_new_user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
);
INSERT OR ABORT INTO "_limbeck_new_user" ("id", "name") SELECT "id", "name" FROM "user" ORDER BY "id";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "_limbeck_check" ("a");
ALTER TABLE "_limbeck_check" RENAME COLUMN "a" TO "b";
DROP TABLE "_limbeck_check";
