-- upgrade
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE "book" (
    "id" INTEGER NOT NULL,
    "author_id" INTEGER NOT NULL,
    CONSTRAINT "pk_book" PRIMARY KEY ("id")
)' WHERE type = 'table' AND name = 'book' AND sql = 'CREATE TABLE "book" (
    "id" INTEGER NOT NULL,
    "author_id" INTEGER NOT NULL,
    CONSTRAINT "pk_book" PRIMARY KEY ("id"),
    CONSTRAINT "fk_book_author_id_author" FOREIGN KEY ("author_id") REFERENCES "author" ("id")
)';
-- refuses: table `book` is no longer as it was read
--   SELECT 'its text differs' WHERE changes() = 0
PRAGMA writable_schema = RESET;
CREATE VIEW "_limbeck_changed" AS SELECT 1;
DROP VIEW "_limbeck_changed";
DROP TABLE "author";
DROP TABLE "book";

-- downgrade
CREATE TABLE "book" (
    "id" INTEGER NOT NULL,
    "author_id" INTEGER NOT NULL,
    CONSTRAINT "pk_book" PRIMARY KEY ("id")
);
CREATE TABLE "author" (
    "id" INTEGER NOT NULL,
    "best_book_id" INTEGER,
    CONSTRAINT "pk_author" PRIMARY KEY ("id"),
    CONSTRAINT "fk_author_best_book_id_book" FOREIGN KEY ("best_book_id") REFERENCES "book" ("id")
);
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE "book" (
    "id" INTEGER NOT NULL,
    "author_id" INTEGER NOT NULL,
    CONSTRAINT "pk_book" PRIMARY KEY ("id"),
    CONSTRAINT "fk_book_author_id_author" FOREIGN KEY ("author_id") REFERENCES "author" ("id")
)' WHERE type = 'table' AND name = 'book' AND sql = 'CREATE TABLE "book" (
    "id" INTEGER NOT NULL,
    "author_id" INTEGER NOT NULL,
    CONSTRAINT "pk_book" PRIMARY KEY ("id")
)';
-- refuses: table `book` is no longer as it was read
--   SELECT 'its text differs' WHERE changes() = 0
PRAGMA writable_schema = RESET;
CREATE VIEW "_limbeck_changed" AS SELECT 1;
DROP VIEW "_limbeck_changed";
-- refuses: rows of table `book` refer to rows of `author` that are not there
--   SELECT child."author_id" FROM "book" AS child WHERE child."author_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "author" AS parent WHERE parent."id" = +child."author_id") LIMIT 1
