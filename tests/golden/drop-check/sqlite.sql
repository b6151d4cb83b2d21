-- upgrade
ALTER TABLE "user" DROP CONSTRAINT "ck_user_age";

-- downgrade
-- refuses: rows of table `user` violate the check `ck_user_age`
--   SELECT 1 FROM "user" WHERE NOT (age >= 0) LIMIT 1
ALTER TABLE "user" ADD CONSTRAINT "ck_user_age" CHECK (age >= 0);
