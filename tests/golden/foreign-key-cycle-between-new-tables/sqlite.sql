-- upgrade
CREATE TABLE "author" (
    "id" INTEGER NOT NULL,
    "best_book_id" INTEGER,
    CONSTRAINT "pk_author" PRIMARY KEY ("id")
);
CREATE TABLE "book" (
    "id" INTEGER NOT NULL,
    "author_id" INTEGER NOT NULL,
    CONSTRAINT "pk_book" PRIMARY KEY ("id"),
    CONSTRAINT "fk_book_author_id_author" FOREIGN KEY ("author_id") REFERENCES "author" ("id")
);
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE "author" (
    "id" INTEGER NOT NULL,
    "best_book_id" INTEGER,
    CONSTRAINT "pk_author" PRIMARY KEY ("id"),
    CONSTRAINT "fk_author_best_book_id_book" FOREIGN KEY ("best_book_id") REFERENCES "book" ("id")
)' WHERE type = 'table' AND name = 'author' AND sql = 'CREATE TABLE "author" (
    "id" INTEGER NOT NULL,
    "best_book_id" INTEGER,
    CONSTRAINT "pk_author" PRIMARY KEY ("id")
)';
-- refuses: table `author` is no longer as it was read
--   SELECT 'its text differs' WHERE changes() = 0
PRAGMA writable_schema = RESET;
CREATE VIEW "_limbeck_changed" AS SELECT 1;
DROP VIEW "_limbeck_changed";
-- refuses: rows of table `author` refer to rows of `book` that are not there
--   SELECT child."best_book_id" FROM "author" AS child WHERE child."best_book_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "book" AS parent WHERE parent."id" = +child."best_book_id") LIMIT 1

-- downgrade
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE "author" (
    "id" INTEGER NOT NULL,
    "best_book_id" INTEGER,
    CONSTRAINT "pk_author" PRIMARY KEY ("id")
)' WHERE type = 'table' AND name = 'author' AND sql = 'CREATE TABLE "author" (
    "id" INTEGER NOT NULL,
    "best_book_id" INTEGER,
    CONSTRAINT "pk_author" PRIMARY KEY ("id"),
    CONSTRAINT "fk_author_best_book_id_book" FOREIGN KEY ("best_book_id") REFERENCES "book" ("id")
)';
-- refuses: table `author` is no longer as it was read
--   SELECT 'its text differs' WHERE changes() = 0
PRAGMA writable_schema = RESET;
CREATE VIEW "_limbeck_changed" AS SELECT 1;
DROP VIEW "_limbeck_changed";
DROP TABLE "book";
DROP TABLE "author";
