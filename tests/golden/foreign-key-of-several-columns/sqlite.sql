-- upgrade
CREATE TABLE "visit" (
    "id" INTEGER NOT NULL,
    "country" CHAR(2),
    "number" INTEGER,
    CONSTRAINT "pk_visit" PRIMARY KEY ("id"),
    CONSTRAINT "fk_visit_country_number_site" FOREIGN KEY ("country", "number") REFERENCES "site" ("country", "number") ON DELETE CASCADE
);

-- downgrade
DROP TABLE "visit";
