-- upgrade
-- refuses: column `nick` of table `user` holds NULL
--   SELECT n || CASE n WHEN 1 THEN ' row' ELSE ' rows' END FROM (SELECT count(*) AS n FROM "user" WHERE "nick" IS NULL) WHERE n > 0
UPDATE "user" SET "nick" = "nick" WHERE "nick" IS NULL;
-- refuses: rows of table `user` violate the check `ck_user_bio`
--   SELECT n || CASE n WHEN 1 THEN ' row' ELSE ' rows' END FROM (SELECT count(*) AS n FROM "user" WHERE NOT (length(bio) < 1000)) WHERE n > 0
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE "user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "nick" VARCHAR(20) NOT NULL DEFAULT '''',
    "bio" TEXT,
    CONSTRAINT "pk_user" PRIMARY KEY ("id"),
    CONSTRAINT "ck_user_bio" CHECK (length(bio) < 1000)
)' WHERE type = 'table' AND name = 'user' AND sql = 'CREATE TABLE "user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "nick" VARCHAR(20),
    "bio" TEXT,
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
)';
-- refuses: table `user` is no longer as it was read
--   SELECT 'its text differs' WHERE changes() = 0
PRAGMA writable_schema = RESET;
CREATE VIEW "_limbeck_changed" AS SELECT 1;
DROP VIEW "_limbeck_changed";

-- downgrade
UPDATE "user" SET "nick" = "nick" WHERE "nick" IS '';
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE "user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "nick" VARCHAR(20),
    "bio" TEXT,
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
)' WHERE type = 'table' AND name = 'user' AND sql = 'CREATE TABLE "user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "nick" VARCHAR(20) NOT NULL DEFAULT '''',
    "bio" TEXT,
    CONSTRAINT "pk_user" PRIMARY KEY ("id"),
    CONSTRAINT "ck_user_bio" CHECK (length(bio) < 1000)
)';
-- refuses: table `user` is no longer as it was read
--   SELECT 'its text differs' WHERE changes() = 0
PRAGMA writable_schema = RESET;
CREATE VIEW "_limbeck_changed" AS SELECT 1;
DROP VIEW "_limbeck_changed";
