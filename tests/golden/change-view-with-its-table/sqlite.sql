-- upgrade
DROP VIEW "bios";
ALTER TABLE "user" DROP COLUMN "bio";
ALTER TABLE "user" ADD COLUMN "about" TEXT;
CREATE VIEW "bios" AS
SELECT id, about FROM "user";

-- downgrade
DROP VIEW "bios";
ALTER TABLE "user" DROP COLUMN "about";
ALTER TABLE "user" ADD COLUMN "bio" TEXT;
CREATE VIEW "bios" AS
SELECT id, bio FROM "user";
