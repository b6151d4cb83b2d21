-- upgrade
ALTER TABLE "user" ADD CONSTRAINT "uq_user_a_b" UNIQUE ("a", "b");

-- downgrade
ALTER TABLE "user" DROP CONSTRAINT "uq_user_a_b";
