-- upgrade
-- refuses: column `email` of table `user` is NULL in some rows
--   SELECT 1 FROM "user" WHERE "email" IS NULL LIMIT 1
ALTER TABLE "user" ALTER COLUMN "email" SET NOT NULL;

-- downgrade
ALTER TABLE "user" ALTER COLUMN "email" DROP NOT NULL;
