-- upgrade
ALTER TABLE "user" ALTER COLUMN "seen" TYPE timestamptz;

-- downgrade
ALTER TABLE "user" ALTER COLUMN "seen" TYPE timestamp;
