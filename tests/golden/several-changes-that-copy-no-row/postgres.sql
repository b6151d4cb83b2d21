-- upgrade
ALTER TABLE "user"
    ALTER COLUMN "nick" SET NOT NULL,
    ALTER COLUMN "nick" SET DEFAULT '';
ALTER TABLE "user" ADD CONSTRAINT "ck_user_bio" CHECK (length(bio) < 1000);

-- downgrade
ALTER TABLE "user"
    DROP CONSTRAINT "ck_user_bio",
    ALTER COLUMN "nick" DROP DEFAULT,
    ALTER COLUMN "nick" DROP NOT NULL;
