-- upgrade
ALTER TABLE "user"
    DROP COLUMN "shout",
    ADD COLUMN "shout" varchar(64) GENERATED ALWAYS AS (upper(trim(name))) STORED;

-- downgrade
ALTER TABLE "user"
    DROP COLUMN "shout",
    ADD COLUMN "shout" varchar(64) GENERATED ALWAYS AS (upper((name)::text)) STORED;
