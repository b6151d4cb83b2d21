-- upgrade
-- refuses: the new column `email` has no value for the rows of table `user`; give it a default, or add it nullable and fill it first
--   SELECT n || CASE n WHEN 1 THEN ' row' ELSE ' rows' END FROM (SELECT count(*) AS n FROM "user" WHERE TRUE) WHERE n > 0
ALTER TABLE "user" ADD COLUMN "email" VARCHAR(120) NOT NULL;

-- downgrade
ALTER TABLE "user" DROP COLUMN "email";
