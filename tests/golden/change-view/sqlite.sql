-- upgrade
DROP VIEW "names";
CREATE VIEW "names" AS
SELECT id, name FROM "user";

-- downgrade
DROP VIEW "names";
CREATE VIEW "names" AS
SELECT name FROM "user";
