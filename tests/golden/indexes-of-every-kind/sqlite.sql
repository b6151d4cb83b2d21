-- upgrade
CREATE INDEX "ix_collated" ON "user" ("name" COLLATE "nocase");
CREATE INDEX "ix_descending" ON "user" ("created" DESC, "name");
CREATE INDEX "ix_expression" ON "user" ((lower(email)));
CREATE INDEX "ix_partial" ON "user" ("created") WHERE active = true;
CREATE UNIQUE INDEX "ix_unique" ON "user" ("email");

-- downgrade
DROP INDEX "ix_unique";
DROP INDEX "ix_partial";
DROP INDEX "ix_expression";
DROP INDEX "ix_descending";
DROP INDEX "ix_collated";
