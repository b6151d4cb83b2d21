-- upgrade
-- refuses: the new column `email` has no value for the rows of table `user`; give it a default, or add it nullable and fill it first
--   SELECT n || CASE n WHEN 1 THEN ' row' ELSE ' rows' END FROM (SELECT count(*) AS n FROM "user" WHERE TRUE) WHERE n > 0
ALTER TABLE "user" ADD COLUMN "email" VARCHAR(120) NOT NULL;

-- downgrade
-- refuses: foreign keys are enforced, so building the table `user` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: a view names the column `email` of table `user` in double quotes, so SQLite would take it for a text; drop the view first
--   SELECT name FROM sqlite_master WHERE type = 'view' AND instr(replace(replace(replace(replace(replace(lower(sql), '."email"', ''), 'as "email"', ''), 'from "email"', ''), 'join "email"', ''), 'view "email"', ''), '"email"') AND instr(lower(sql), 'user') LIMIT 1
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
