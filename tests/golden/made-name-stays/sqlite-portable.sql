-- upgrade
ALTER TABLE "account" ADD COLUMN "note" TEXT;

-- downgrade
-- refuses: foreign keys are enforced, so building the table `account` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
CREATE TABLE "_limbeck_new_account" (
    "id" INTEGER NOT NULL,
    "mail" VARCHAR(120),
    "code" TEXT,
    "parent_id" INTEGER, 
    CONSTRAINT "pk_user" PRIMARY KEY ("id"),
    CONSTRAINT "uq_user_code" UNIQUE ("code"),
    CONSTRAINT "fk_user_boss" FOREIGN KEY ("parent_id") REFERENCES "account" ("id"),
    CONSTRAINT "ck_user_email" CHECK (mail <> '')
);
INSERT OR ABORT INTO "_limbeck_new_account" ("id", "mail", "code", "parent_id") SELECT "id", "mail", "code", "parent_id" FROM "account" ORDER BY "id";
DROP TABLE "account";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_account" RENAME TO "account";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "ix_user_email" ON "account" ("mail");
CREATE TABLE "_limbeck_check" ("a");
ALTER TABLE "_limbeck_check" RENAME COLUMN "a" TO "b";
DROP TABLE "_limbeck_check";
