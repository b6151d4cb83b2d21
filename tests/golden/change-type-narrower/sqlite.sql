-- upgrade
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE "user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "age" SMALLINT,
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
)' WHERE type = 'table' AND name = 'user' AND sql = 'CREATE TABLE "user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "age" INTEGER,
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
)';
-- refuses: table `user` is no longer as it was read
--   SELECT 'its text differs' WHERE changes() = 0
PRAGMA writable_schema = RESET;
CREATE VIEW "_limbeck_changed" AS SELECT 1;
DROP VIEW "_limbeck_changed";

-- downgrade
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE "user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "age" INTEGER,
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
)' WHERE type = 'table' AND name = 'user' AND sql = 'CREATE TABLE "user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "age" SMALLINT,
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
)';
-- refuses: table `user` is no longer as it was read
--   SELECT 'its text differs' WHERE changes() = 0
PRAGMA writable_schema = RESET;
CREATE VIEW "_limbeck_changed" AS SELECT 1;
DROP VIEW "_limbeck_changed";
