-- upgrade
ALTER TABLE "user" ALTER COLUMN "email" DROP NOT NULL;

-- downgrade
ALTER TABLE "user" ALTER COLUMN "email" SET NOT NULL;
