-- upgrade
DROP INDEX "ix_search";
CREATE TABLE "post" (
    "id" INTEGER NOT NULL,
    "title" TEXT,
    CONSTRAINT "pk_post" PRIMARY KEY ("id")
);
CREATE INDEX "ix_search" ON "post" ("title");

-- downgrade
DROP INDEX "ix_search";
DROP TABLE "post";
CREATE INDEX "ix_search" ON "user" ("name");
