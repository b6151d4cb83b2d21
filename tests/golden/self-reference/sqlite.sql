-- upgrade
CREATE TABLE "category" (
    "id" INTEGER NOT NULL,
    "parent_id" INTEGER,
    CONSTRAINT "pk_category" PRIMARY KEY ("id"),
    CONSTRAINT "fk_category_parent_id_category" FOREIGN KEY ("parent_id") REFERENCES "category" ("id") ON DELETE SET NULL
);
CREATE INDEX "ix_category_parent_id" ON "category" ("parent_id");

-- downgrade
DROP INDEX "ix_category_parent_id";
DROP TABLE "category";
