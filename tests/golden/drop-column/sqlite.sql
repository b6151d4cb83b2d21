-- upgrade
-- refuses: a view names the column `bio` of table `user` in double quotes, so SQLite would take it for a text; drop the view first
--   SELECT name FROM sqlite_master WHERE type = 'view' AND instr(replace(replace(replace(replace(replace(lower(sql), '."bio"', ''), 'as "bio"', ''), 'from "bio"', ''), 'join "bio"', ''), 'view "bio"', ''), '"bio"') AND instr(lower(sql), 'user') LIMIT 1
ALTER TABLE "user" DROP COLUMN "bio";

-- downgrade
ALTER TABLE "user" ADD COLUMN "bio" TEXT;
