-- upgrade
-- refuses: a view names the column `mail` of table `user` in double quotes, so SQLite would take it for a text; drop the view first
--   SELECT name FROM sqlite_master WHERE type = 'view' AND instr(replace(replace(replace(replace(replace(lower(sql), '."mail"', ''), 'as "mail"', ''), 'from "mail"', ''), 'join "mail"', ''), 'view "mail"', ''), '"mail"') AND instr(lower(sql), 'user') LIMIT 1
ALTER TABLE "user" DROP COLUMN "mail";
ALTER TABLE "user" ADD COLUMN "address" TEXT;

-- downgrade
-- refuses: a view names the column `address` of table `user` in double quotes, so SQLite would take it for a text; drop the view first
--   SELECT name FROM sqlite_master WHERE type = 'view' AND instr(replace(replace(replace(replace(replace(lower(sql), '."address"', ''), 'as "address"', ''), 'from "address"', ''), 'join "address"', ''), 'view "address"', ''), '"address"') AND instr(lower(sql), 'user') LIMIT 1
ALTER TABLE "user" DROP COLUMN "address";
ALTER TABLE "user" ADD COLUMN "mail" VARCHAR(120);
