-- upgrade
ALTER TABLE "user" ADD COLUMN "shout" VARCHAR(64) GENERATED ALWAYS AS (upper(name)) VIRTUAL;

-- downgrade
-- refuses: a view names the column `shout` of table `user` in double quotes, so SQLite would take it for a text; drop the view first
--   SELECT name FROM sqlite_master WHERE type = 'view' AND instr(replace(replace(replace(replace(replace(lower(sql), '."shout"', ''), 'as "shout"', ''), 'from "shout"', ''), 'join "shout"', ''), 'view "shout"', ''), '"shout"') AND instr(lower(sql), 'user') LIMIT 1
ALTER TABLE "user" DROP COLUMN "shout";
