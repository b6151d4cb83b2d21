-- upgrade
CREATE INDEX "ix_user_created" ON "user" ("created");

-- downgrade
DROP INDEX "ix_user_created";
