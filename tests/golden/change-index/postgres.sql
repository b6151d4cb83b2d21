-- upgrade
DROP INDEX "ix_user_name";
CREATE UNIQUE INDEX "ix_user_name" ON "user" ("name" DESC);

-- downgrade
DROP INDEX "ix_user_name";
CREATE INDEX "ix_user_name" ON "user" ("name");
