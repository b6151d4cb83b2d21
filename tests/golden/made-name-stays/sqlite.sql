-- upgrade
ALTER TABLE "account" ADD COLUMN "note" TEXT;

-- downgrade
ALTER TABLE "account" DROP COLUMN "note";
