-- upgrade
-- refuses: foreign keys are enforced, so building the table `user` anew would touch the rows that refer to it; `PRAGMA foreign_keys = OFF` belongs before the transaction
--   SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys = 1
CREATE TABLE "_limbeck_new_user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "email" VARCHAR(120),
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
);
INSERT INTO "_limbeck_new_user" ("id", "name", "email") SELECT "id", "name", "email" FROM "user" ORDER BY "id";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;

-- downgrade
-- refuses: foreign keys are enforced, so building the table `user` anew would touch the rows that refer to it; `PRAGMA foreign_keys = OFF` belongs before the transaction
--   SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys = 1
-- refuses: column `email` of table `user` is NULL in some rows
--   SELECT 1 FROM "user" WHERE "email" IS NULL LIMIT 1
CREATE TABLE "_limbeck_new_user" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "email" VARCHAR(120) NOT NULL,
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
);
INSERT INTO "_limbeck_new_user" ("id", "name", "email") SELECT "id", "name", "email" FROM "user" ORDER BY "id";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
