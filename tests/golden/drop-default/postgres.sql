-- upgrade
ALTER TABLE "user" ALTER COLUMN "age" DROP DEFAULT;

-- downgrade
ALTER TABLE "user" ALTER COLUMN "age" SET DEFAULT 18;
