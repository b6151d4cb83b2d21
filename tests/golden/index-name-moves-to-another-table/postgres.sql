-- upgrade
DROP INDEX "ix_search";
CREATE INDEX "ix_search" ON "post" ("title");

-- downgrade
DROP INDEX "ix_search";
CREATE INDEX "ix_search" ON "user" ("email");
