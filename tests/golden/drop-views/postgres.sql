-- upgrade
DROP VIEW "all_names";
DROP VIEW "long_names";

-- downgrade
CREATE VIEW "long_names" AS
SELECT "user".name
   FROM "user"
  WHERE (length(("user".name)::text) > 10);
CREATE VIEW "all_names" AS
SELECT long_names.name
   FROM long_names;
