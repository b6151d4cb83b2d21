-- upgrade
DROP INDEX "ix_user_mail";
DROP INDEX "ix_user_name";
CREATE INDEX "ix_account_mail" ON "account" ("mail");
CREATE INDEX "ix_by_name" ON "account" ("name");
CREATE TABLE "user" (
    "id" INTEGER NOT NULL,
    "mail" VARCHAR(120),
    CONSTRAINT "pk_user" PRIMARY KEY ("id")
);
CREATE INDEX "ix_user_mail" ON "user" ("mail");

-- downgrade
DROP INDEX "ix_user_mail";
DROP TABLE "user";
DROP INDEX "ix_by_name";
DROP INDEX "ix_account_mail";
CREATE INDEX "ix_user_name" ON "account" ("name");
CREATE INDEX "ix_user_mail" ON "account" ("mail");
