-- upgrade
DROP VIEW "long_names";
CREATE VIEW "long_names" AS
SELECT name FROM "user" WHERE length(name) > 20;

-- downgrade
DROP VIEW "long_names";
CREATE VIEW "long_names" AS
SELECT name FROM "user" WHERE length(name) > 10;
