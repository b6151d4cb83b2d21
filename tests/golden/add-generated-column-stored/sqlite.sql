-- upgrade
-- refuses: foreign keys are enforced, so building the table `user` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
CREATE TABLE "_limbeck_new_user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "shout" VARCHAR(64) GENERATED ALWAYS AS (upper(name)) STORED,
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
);
INSERT OR ABORT INTO "_limbeck_new_user" ("id", "name") SELECT "id", "name" FROM "user" ORDER BY "id";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;

-- downgrade
-- refuses: a view names the column `shout` of table `user` in double quotes, so SQLite would take it for a text; drop the view first
--   SELECT name FROM sqlite_master WHERE type = 'view' AND instr(replace(replace(replace(replace(replace(lower(sql), '."shout"', ''), 'as "shout"', ''), 'from "shout"', ''), 'join "shout"', ''), 'view "shout"', ''), '"shout"') AND instr(lower(sql), 'user') LIMIT 1
ALTER TABLE "user" DROP COLUMN "shout";
