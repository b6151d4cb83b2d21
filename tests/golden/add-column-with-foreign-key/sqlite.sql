-- upgrade
ALTER TABLE "post" ADD COLUMN "user_id" INTEGER CONSTRAINT "fk_post_user_id_user" REFERENCES "user" ("id") ON DELETE CASCADE;
CREATE INDEX "ix_post_user_id" ON "post" ("user_id");

-- downgrade
-- refuses: foreign keys are enforced, so building the table `post` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: a view names the column `user_id` of table `post` in double quotes, so SQLite would take it for a text; drop the view first
--   SELECT name FROM sqlite_master WHERE type = 'view' AND instr(replace(replace(replace(replace(replace(lower(sql), '."user_id"', ''), 'as "user_id"', ''), 'from "user_id"', ''), 'join "user_id"', ''), 'view "user_id"', ''), '"user_id"') AND instr(lower(sql), 'post') LIMIT 1
CREATE TABLE "_limbeck_new_post" (
    "id" INTEGER NOT NULL, 
    CONSTRAINT "pk_post" PRIMARY KEY ("id")
);
INSERT OR ABORT INTO "_limbeck_new_post" ("id") SELECT "id" FROM "post" ORDER BY "id";
DROP TABLE "post";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_post" RENAME TO "post";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "_limbeck_check" ("a");
ALTER TABLE "_limbeck_check" RENAME COLUMN "a" TO "b";
DROP TABLE "_limbeck_check";
