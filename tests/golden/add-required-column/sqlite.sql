-- upgrade
-- refuses: the new column `email` has no value for the rows of table `user`; give it a default, or add it nullable and fill it first
--   SELECT n || CASE n WHEN 1 THEN ' row' ELSE ' rows' END FROM (SELECT count(*) AS n FROM "user" WHERE TRUE) WHERE n > 0
ALTER TABLE "user" ADD COLUMN "email" VARCHAR(120) NOT NULL;

-- downgrade
-- refuses: a view names the column `email` of table `user` in double quotes, so SQLite would take it for a text; drop the view first
--   SELECT name FROM sqlite_master WHERE type = 'view' AND instr(replace(replace(replace(replace(replace(lower(sql), '."email"', ''), 'as "email"', ''), 'from "email"', ''), 'join "email"', ''), 'view "email"', ''), '"email"') AND instr(lower(sql), 'user') LIMIT 1
ALTER TABLE "user" DROP COLUMN "email";
