-- upgrade
ALTER TABLE "user" ALTER COLUMN "email" DROP NOT NULL;

-- downgrade
-- refuses: column `email` of table `user` holds NULL
--   SELECT n || CASE n WHEN 1 THEN ' row' ELSE ' rows' END FROM (SELECT count(*) AS n FROM "user" WHERE "email" IS NULL) WHERE n > 0
ALTER TABLE "user" ALTER COLUMN "email" SET NOT NULL;
