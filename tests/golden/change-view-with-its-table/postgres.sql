-- upgrade
DROP VIEW "bios";
ALTER TABLE "user"
    DROP COLUMN "bio",
    ADD COLUMN "about" text;
CREATE VIEW "bios" AS
SELECT id, about FROM "user";

-- downgrade
DROP VIEW "bios";
ALTER TABLE "user"
    DROP COLUMN "about",
    ADD COLUMN "bio" text;
CREATE VIEW "bios" AS
SELECT "user".id,
    "user".bio
   FROM "user";
