-- upgrade
DROP INDEX "ix_post_user_id";
DROP TABLE "post";

-- downgrade
CREATE TABLE "post" (
    "id" INTEGER NOT NULL,
    "title" VARCHAR(140) NOT NULL,
    "body" TEXT,
    "status" VARCHAR(9) NOT NULL DEFAULT 'draft' CHECK ("status" IN ('draft', 'published')),
    "user_id" INTEGER NOT NULL,
    "created" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "pk_post" PRIMARY KEY ("id"),
    CONSTRAINT "uq_post_title" UNIQUE ("title"),
    CONSTRAINT "fk_post_user_id_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);
CREATE INDEX "ix_post_user_id" ON "post" ("user_id");
