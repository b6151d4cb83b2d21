-- upgrade
-- refuses: column `email` of table `user` is NULL in some rows
--   SELECT 1 FROM "user" WHERE "email" IS NULL LIMIT 1
UPDATE "user" SET "email" = "email" WHERE "email" IS NULL;
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE "user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "email" VARCHAR(120) NOT NULL DEFAULT '''',
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
)' WHERE type = 'table' AND name = 'user' AND sql = 'CREATE TABLE "user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "email" VARCHAR(120),
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
)';
-- refuses: table `user` is no longer as it was read
--   SELECT 1 WHERE changes() = 0
PRAGMA writable_schema = RESET;
CREATE VIEW "_limbeck_changed" AS SELECT 1;
DROP VIEW "_limbeck_changed";

-- downgrade
UPDATE "user" SET "email" = "email" WHERE "email" IS '';
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE "user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "email" VARCHAR(120),
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
)' WHERE type = 'table' AND name = 'user' AND sql = 'CREATE TABLE "user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "email" VARCHAR(120) NOT NULL DEFAULT '''',
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
)';
-- refuses: table `user` is no longer as it was read
--   SELECT 1 WHERE changes() = 0
PRAGMA writable_schema = RESET;
CREATE VIEW "_limbeck_changed" AS SELECT 1;
DROP VIEW "_limbeck_changed";
