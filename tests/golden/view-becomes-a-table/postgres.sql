-- upgrade
DROP VIEW "names";
CREATE TABLE "names" (
    "name" varchar(64) NOT NULL,
    CONSTRAINT "pk_names" PRIMARY KEY ("name")
);

-- downgrade
DROP TABLE "names";
CREATE VIEW "names" AS
SELECT "user".name
   FROM "user";
