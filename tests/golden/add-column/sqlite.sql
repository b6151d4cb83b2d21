-- upgrade
ALTER TABLE "user" ADD COLUMN "bio" TEXT;
ALTER TABLE "user" ADD COLUMN "age" INTEGER NOT NULL DEFAULT 0;

-- downgrade
-- refuses: a view names the column `age` of table `user` in double quotes, so SQLite would take it for a text; drop the view first
--   SELECT name FROM sqlite_master WHERE type = 'view' AND instr(replace(replace(replace(replace(replace(lower(sql), '."age"', ''), 'as "age"', ''), 'from "age"', ''), 'join "age"', ''), 'view "age"', ''), '"age"') AND instr(lower(sql), 'user') LIMIT 1
ALTER TABLE "user" DROP COLUMN "age";
-- refuses: a view names the column `bio` of table `user` in double quotes, so SQLite would take it for a text; drop the view first
--   SELECT name FROM sqlite_master WHERE type = 'view' AND instr(replace(replace(replace(replace(replace(lower(sql), '."bio"', ''), 'as "bio"', ''), 'from "bio"', ''), 'join "bio"', ''), 'view "bio"', ''), '"bio"') AND instr(lower(sql), 'user') LIMIT 1
ALTER TABLE "user" DROP COLUMN "bio";
