-- upgrade
ALTER TABLE "user" ADD COLUMN "created" timestamp DEFAULT CURRENT_TIMESTAMP NOT NULL;

-- downgrade
ALTER TABLE "user" DROP COLUMN "created";
