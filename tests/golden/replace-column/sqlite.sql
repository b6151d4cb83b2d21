-- upgrade
ALTER TABLE "user" DROP COLUMN "mail";
ALTER TABLE "user" ADD COLUMN "address" TEXT;

-- downgrade
ALTER TABLE "user" DROP COLUMN "address";
ALTER TABLE "user" ADD COLUMN "mail" VARCHAR(120);
