-- upgrade
ALTER TABLE "membership"
    DROP CONSTRAINT "pk_membership",
    ADD CONSTRAINT "pk_membership" PRIMARY KEY ("user_id", "group_id");

-- downgrade
ALTER TABLE "membership"
    DROP CONSTRAINT "pk_membership",
    ADD CONSTRAINT "pk_membership" PRIMARY KEY ("user_id");
