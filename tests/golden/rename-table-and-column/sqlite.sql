-- upgrade
ALTER TABLE "user" RENAME TO "member";
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE "member" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "email" VARCHAR(200),
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
)' WHERE type = 'table' AND name = 'member' AND sql = 'CREATE TABLE "member" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "email" VARCHAR(120),
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
)';
-- refuses: table `member` is no longer as it was read
--   SELECT 'its text differs' WHERE changes() = 0
PRAGMA writable_schema = RESET;
CREATE VIEW "_limbeck_changed" AS SELECT 1;
DROP VIEW "_limbeck_changed";
ALTER TABLE "member" RENAME COLUMN "email" TO "mail";

-- downgrade
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE "member" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "mail" VARCHAR(120),
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
)' WHERE type = 'table' AND name = 'member' AND sql = 'CREATE TABLE "member" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "mail" VARCHAR(200),
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
)';
-- refuses: table `member` is no longer as it was read
--   SELECT 'its text differs' WHERE changes() = 0
PRAGMA writable_schema = RESET;
CREATE VIEW "_limbeck_changed" AS SELECT 1;
DROP VIEW "_limbeck_changed";
ALTER TABLE "member" RENAME COLUMN "mail" TO "email";
ALTER TABLE "member" RENAME TO "user";
