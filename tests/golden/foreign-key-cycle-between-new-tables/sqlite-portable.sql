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
-- refuses: foreign keys are enforced, so building the table `author` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `author` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'author' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"author"("id"INTEGERNOTNULL,"best_book_id"INTEGER,CONSTRAINT"pk_author"PRIMARYKEY("id"))'
--   )
CREATE TABLE "_limbeck_new_author" (
    "id" INTEGER NOT NULL,
    "best_book_id" INTEGER,
    CONSTRAINT "pk_author" PRIMARY KEY ("id"),
    CONSTRAINT "fk_author_best_book_id_book" FOREIGN KEY ("best_book_id") REFERENCES "book" ("id")
);
INSERT OR ABORT INTO "_limbeck_new_author" ("id", "best_book_id") SELECT "id", "best_book_id" FROM "author" ORDER BY "id";
DROP TABLE "author";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_author" RENAME TO "author";
PRAGMA legacy_alter_table = OFF;
-- refuses: rows of table `author` refer to rows of `book` that are not there
--   SELECT child."best_book_id" FROM "author" AS child WHERE child."best_book_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "book" AS parent WHERE parent."id" = +child."best_book_id") LIMIT 1

-- downgrade
-- refuses: foreign keys are enforced, so building the table `author` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `author` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'author' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"author"("id"INTEGERNOTNULL,"best_book_id"INTEGER,CONSTRAINT"pk_author"PRIMARYKEY("id"),CONSTRAINT"fk_author_best_book_id_book"FOREIGNKEY("best_book_id")REFERENCES"book"("id"))'
--   )
CREATE TABLE "_limbeck_new_author" (
    "id" INTEGER NOT NULL,
    "best_book_id" INTEGER,
    CONSTRAINT "pk_author" PRIMARY KEY ("id")
);
INSERT OR ABORT INTO "_limbeck_new_author" ("id", "best_book_id") SELECT "id", "best_book_id" FROM "author" ORDER BY "id";
DROP TABLE "author";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_author" RENAME TO "author";
PRAGMA legacy_alter_table = OFF;
DROP TABLE "book";
DROP TABLE "author";
