-- upgrade
ALTER TABLE "user" ALTER COLUMN "age" TYPE smallint;

-- downgrade
ALTER TABLE "user" ALTER COLUMN "age" TYPE integer;
