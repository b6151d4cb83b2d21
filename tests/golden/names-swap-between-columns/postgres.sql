-- upgrade
ALTER TABLE "user"
    ALTER COLUMN "a" TYPE text,
    ALTER COLUMN "b" TYPE integer USING "b"::integer;

-- downgrade
ALTER TABLE "user"
    ALTER COLUMN "b" TYPE text,
    ALTER COLUMN "a" TYPE integer USING "a"::integer;
