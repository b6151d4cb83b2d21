-- upgrade
ALTER TABLE "user"
    ADD COLUMN "bio" text,
    ADD COLUMN "age" integer DEFAULT 0 NOT NULL;

-- downgrade
ALTER TABLE "user"
    DROP COLUMN "age",
    DROP COLUMN "bio";
