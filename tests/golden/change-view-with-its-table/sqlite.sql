-- upgrade
DROP VIEW "bios";
-- refuses: a view names the column `bio` of table `user` in double quotes, so SQLite would take it for a text; drop the view first
--   SELECT name FROM sqlite_master WHERE type = 'view' AND instr(replace(replace(replace(replace(replace(lower(sql), '."bio"', ''), 'as "bio"', ''), 'from "bio"', ''), 'join "bio"', ''), 'view "bio"', ''), '"bio"') AND instr(lower(sql), 'user') LIMIT 1
ALTER TABLE "user" DROP COLUMN "bio";
ALTER TABLE "user" ADD COLUMN "about" TEXT;
CREATE VIEW "bios" AS
SELECT id, about FROM user;

-- downgrade
DROP VIEW "bios";
-- refuses: a view names the column `about` of table `user` in double quotes, so SQLite would take it for a text; drop the view first
--   SELECT name FROM sqlite_master WHERE type = 'view' AND instr(replace(replace(replace(replace(replace(lower(sql), '."about"', ''), 'as "about"', ''), 'from "about"', ''), 'join "about"', ''), 'view "about"', ''), '"about"') AND instr(lower(sql), 'user') LIMIT 1
ALTER TABLE "user" DROP COLUMN "about";
ALTER TABLE "user" ADD COLUMN "bio" TEXT;
CREATE VIEW "bios" AS
SELECT id, bio FROM user;
