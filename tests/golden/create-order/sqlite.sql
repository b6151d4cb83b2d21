-- upgrade
CREATE TABLE "author" (
    "id" INTEGER NOT NULL,
    CONSTRAINT "pk_author" PRIMARY KEY ("id")
);
CREATE TABLE "post" (
    "id" INTEGER NOT NULL,
    "author_id" INTEGER,
    CONSTRAINT "pk_post" PRIMARY KEY ("id"),
    CONSTRAINT "fk_post_author_id_author" FOREIGN KEY ("author_id") REFERENCES "author" ("id")
);
CREATE TABLE "comment" (
    "id" INTEGER NOT NULL,
    "post_id" INTEGER,
    CONSTRAINT "pk_comment" PRIMARY KEY ("id"),
    CONSTRAINT "fk_comment_post_id_post" FOREIGN KEY ("post_id") REFERENCES "post" ("id")
);

-- downgrade
DROP TABLE "comment";
DROP TABLE "post";
DROP TABLE "author";
