-- upgrade
-- refuses: foreign keys are enforced, so building the table `book` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `book` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'book' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"book"("id"INTEGERNOTNULL,"author_id"INTEGERNOTNULL,CONSTRAINT"pk_book"PRIMARYKEY("id"),CONSTRAINT"fk_book_author_id_author"FOREIGNKEY("author_id")REFERENCES"author"("id"))'
--   )
CREATE TABLE "_limbeck_new_book" (
    "id" INTEGER NOT NULL,
    "author_id" INTEGER NOT NULL,
    CONSTRAINT "pk_book" PRIMARY KEY ("id")
);
INSERT OR ABORT INTO "_limbeck_new_book" ("id", "author_id") SELECT "id", "author_id" FROM "book" ORDER BY "id";
DROP TABLE "book";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_book" RENAME TO "book";
PRAGMA legacy_alter_table = OFF;
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
-- refuses: foreign keys are enforced, so building the table `book` anew would touch the rows that refer to it; switch them off before the transaction begins
--   SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys
-- refuses: table `book` is not as the scripts made it, so this one would not keep all of it
--   SELECT type || ' ' || name FROM sqlite_master
--   WHERE tbl_name = 'book' COLLATE NOCASE
--   AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
--   'CREATETABLE"book"("id"INTEGERNOTNULL,"author_id"INTEGERNOTNULL,CONSTRAINT"pk_book"PRIMARYKEY("id"))'
--   )
CREATE TABLE "_limbeck_new_book" (
    "id" INTEGER NOT NULL,
    "author_id" INTEGER NOT NULL,
    CONSTRAINT "pk_book" PRIMARY KEY ("id"),
    CONSTRAINT "fk_book_author_id_author" FOREIGN KEY ("author_id") REFERENCES "author" ("id")
);
INSERT OR ABORT INTO "_limbeck_new_book" ("id", "author_id") SELECT "id", "author_id" FROM "book" ORDER BY "id";
DROP TABLE "book";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_limbeck_new_book" RENAME TO "book";
PRAGMA legacy_alter_table = OFF;
-- refuses: rows of table `book` refer to rows of `author` that are not there
--   SELECT child."author_id" FROM "book" AS child WHERE child."author_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "author" AS parent WHERE parent."id" = +child."author_id") LIMIT 1
