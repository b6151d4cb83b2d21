-- upgrade
ALTER TABLE "user" ALTER COLUMN "age" TYPE integer USING "age"::integer;

-- downgrade
ALTER TABLE "user" ALTER COLUMN "age" TYPE varchar(10);
