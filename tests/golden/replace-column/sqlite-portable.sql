-- upgrade
-- refuses: foreign keys are enforced, so building the table `user` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: a view names the column `mail` of table `user` in double quotes, so SQLite would take it for a text; drop the view first
--   SELECT name FROM sqlite_master WHERE type = 'view' AND instr(replace(replace(replace(replace(replace(lower(sql), '."mail"', ''), 'as "mail"', ''), 'from "mail"', ''), 'join "mail"', ''), 'view "mail"', ''), '"mail"') AND instr(lower(sql), 'user') LIMIT 1
CREATE TABLE "_limbeck_new_user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "address" TEXT,
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

-- downgrade
-- refuses: foreign keys are enforced, so building the table `user` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: a view names the column `address` of table `user` in double quotes, so SQLite would take it for a text; drop the view first
--   SELECT name FROM sqlite_master WHERE type = 'view' AND instr(replace(replace(replace(replace(replace(lower(sql), '."address"', ''), 'as "address"', ''), 'from "address"', ''), 'join "address"', ''), 'view "address"', ''), '"address"') AND instr(lower(sql), 'user') LIMIT 1
CREATE TABLE "_limbeck_new_user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "mail" VARCHAR(120),
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
