-- upgrade
ALTER TABLE "user"
    ALTER COLUMN "email" SET NOT NULL,
    ALTER COLUMN "email" SET DEFAULT '';

-- downgrade
ALTER TABLE "user"
    ALTER COLUMN "email" DROP DEFAULT,
    ALTER COLUMN "email" DROP NOT NULL;
