-- upgrade
-- refuses: column `email` of table `user` holds NULL
--   SELECT n || CASE n WHEN 1 THEN ' row' ELSE ' rows' END FROM (SELECT count(*) AS n FROM "user" WHERE "email" IS NULL) WHERE n > 0
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
--   SELECT 'its text differs' WHERE changes() = 0
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
--   SELECT 'its text differs' WHERE changes() = 0
PRAGMA writable_schema = RESET;
CREATE VIEW "_limbeck_changed" AS SELECT 1;
DROP VIEW "_limbeck_changed";
