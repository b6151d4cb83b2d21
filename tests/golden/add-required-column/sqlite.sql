-- upgrade
-- refuses: table `user` has rows and the new column `email` has no value for them; give it a default, or add it nullable and fill it first
--   SELECT 1 FROM "user" LIMIT 1
ALTER TABLE "user" ADD COLUMN "email" VARCHAR(120) NOT NULL;

-- downgrade
ALTER TABLE "user" DROP COLUMN "email";
