-- upgrade
ALTER TABLE "user" RENAME COLUMN "name" TO "full_name";

-- downgrade
ALTER TABLE "user" RENAME COLUMN "full_name" TO "name";
