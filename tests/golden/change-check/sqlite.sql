-- upgrade
ALTER TABLE "user" DROP CONSTRAINT "ck_user_age";
-- refuses: rows of table `user` violate the check `ck_user_age`
--   SELECT n || CASE n WHEN 1 THEN ' row' ELSE ' rows' END FROM (SELECT count(*) AS n FROM "user" WHERE NOT (age BETWEEN 0 AND 150)) WHERE n > 0
ALTER TABLE "user" ADD CONSTRAINT "ck_user_age" CHECK (age BETWEEN 0 AND 150);

-- downgrade
ALTER TABLE "user" DROP CONSTRAINT "ck_user_age";
-- refuses: rows of table `user` violate the check `ck_user_age`
--   SELECT n || CASE n WHEN 1 THEN ' row' ELSE ' rows' END FROM (SELECT count(*) AS n FROM "user" WHERE NOT (age >= 0)) WHERE n > 0
ALTER TABLE "user" ADD CONSTRAINT "ck_user_age" CHECK (age >= 0);
