-- upgrade
ALTER TABLE "user" ALTER COLUMN "nick" TYPE varchar(200);

-- downgrade
ALTER TABLE "user" ALTER COLUMN "nick" TYPE varchar(20);
