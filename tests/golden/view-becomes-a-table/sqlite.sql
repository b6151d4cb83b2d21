-- upgrade
DROP VIEW "names";
CREATE TABLE "names" (
    "name" VARCHAR(64) NOT NULL,
    CONSTRAINT "pk_names" PRIMARY KEY ("name")
);

-- downgrade
DROP TABLE "names";
CREATE VIEW "names" AS
SELECT name FROM "user";
