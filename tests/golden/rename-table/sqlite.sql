-- upgrade
ALTER TABLE "user" RENAME TO "member";
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE "member" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    CONSTRAINT "pk_member" PRIMARY KEY ("id")
)' WHERE type = 'table' AND name = 'member' AND sql = 'CREATE TABLE "member" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
)';
-- refuses: table `member` is no longer as it was read
--   SELECT 'its text differs' WHERE changes() = 0
PRAGMA writable_schema = RESET;
CREATE VIEW "_limbeck_changed" AS SELECT 1;
DROP VIEW "_limbeck_changed";
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE "post" (
    "id" INTEGER NOT NULL,
    "user_id" INTEGER,
    CONSTRAINT "pk_post" PRIMARY KEY ("id"),
    CONSTRAINT "fk_post_user_id_member" FOREIGN KEY ("user_id") REFERENCES "member" ("id")
)' WHERE type = 'table' AND name = 'post' AND sql = 'CREATE TABLE "post" (
    "id" INTEGER NOT NULL,
    "user_id" INTEGER,
    CONSTRAINT "pk_post" PRIMARY KEY ("id"),
    CONSTRAINT "fk_post_user_id_user" FOREIGN KEY ("user_id") REFERENCES "member" ("id")
)';
-- refuses: table `post` is no longer as it was read
--   SELECT 'its text differs' WHERE changes() = 0
PRAGMA writable_schema = RESET;
CREATE VIEW "_limbeck_changed" AS SELECT 1;
DROP VIEW "_limbeck_changed";
-- refuses: rows of table `post` refer to rows of `member` that are not there
--   SELECT child."user_id" FROM "post" AS child WHERE child."user_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "member" AS parent WHERE parent."id" = +child."user_id") LIMIT 1

-- downgrade
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE "post" (
    "id" INTEGER NOT NULL,
    "user_id" INTEGER,
    CONSTRAINT "pk_post" PRIMARY KEY ("id"),
    CONSTRAINT "fk_post_user_id_user" FOREIGN KEY ("user_id") REFERENCES "member" ("id")
)' WHERE type = 'table' AND name = 'post' AND sql = 'CREATE TABLE "post" (
    "id" INTEGER NOT NULL,
    "user_id" INTEGER,
    CONSTRAINT "pk_post" PRIMARY KEY ("id"),
    CONSTRAINT "fk_post_user_id_member" FOREIGN KEY ("user_id") REFERENCES "member" ("id")
)';
-- refuses: table `post` is no longer as it was read
--   SELECT 'its text differs' WHERE changes() = 0
PRAGMA writable_schema = RESET;
CREATE VIEW "_limbeck_changed" AS SELECT 1;
DROP VIEW "_limbeck_changed";
-- refuses: rows of table `post` refer to rows of `member` that are not there
--   SELECT child."user_id" FROM "post" AS child WHERE child."user_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "member" AS parent WHERE parent."id" = +child."user_id") LIMIT 1
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE "member" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
)' WHERE type = 'table' AND name = 'member' AND sql = 'CREATE TABLE "member" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    CONSTRAINT "pk_member" PRIMARY KEY ("id")
)';
-- refuses: table `member` is no longer as it was read
--   SELECT 'its text differs' WHERE changes() = 0
PRAGMA writable_schema = RESET;
CREATE VIEW "_limbeck_changed" AS SELECT 1;
DROP VIEW "_limbeck_changed";
ALTER TABLE "member" RENAME TO "user";
