-- upgrade
-- refuses: column `role` of table `user` holds values other than `guest`, `editor`, `admin`
--   SELECT "role" FROM "user" WHERE "role" NOT IN ('guest', 'editor', 'admin') LIMIT 1
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE "user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "role" VARCHAR(6) DEFAULT ''guest'' CHECK ("role" IN (''guest'', ''editor'', ''admin'')),
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
)' WHERE type = 'table' AND name = 'user' AND sql = 'CREATE TABLE "user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "role" VARCHAR(5) DEFAULT ''guest'' CHECK ("role" IN (''guest'', ''admin'')),
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
)';
-- refuses: table `user` is no longer as it was read
--   SELECT 'its text differs' WHERE changes() = 0
PRAGMA writable_schema = RESET;
CREATE VIEW "_limbeck_changed" AS SELECT 1;
DROP VIEW "_limbeck_changed";

-- downgrade
-- refuses: column `role` of table `user` holds values other than `guest`, `admin`
--   SELECT "role" FROM "user" WHERE "role" NOT IN ('guest', 'admin') LIMIT 1
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE "user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "role" VARCHAR(5) DEFAULT ''guest'' CHECK ("role" IN (''guest'', ''admin'')),
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
)' WHERE type = 'table' AND name = 'user' AND sql = 'CREATE TABLE "user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "role" VARCHAR(6) DEFAULT ''guest'' CHECK ("role" IN (''guest'', ''editor'', ''admin'')),
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
)';
-- refuses: table `user` is no longer as it was read
--   SELECT 'its text differs' WHERE changes() = 0
PRAGMA writable_schema = RESET;
CREATE VIEW "_limbeck_changed" AS SELECT 1;
DROP VIEW "_limbeck_changed";
