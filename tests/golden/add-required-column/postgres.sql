-- upgrade
ALTER TABLE "user" ADD COLUMN "email" varchar(120) NOT NULL;

-- downgrade
ALTER TABLE "user" DROP COLUMN "email";
