-- Everything that has a text, and is not SQLite's own. A virtual table has no pages.
-- https://sqlite.org/schematab.html
SELECT
    CASE WHEN type = 'table' AND rootpage = 0 THEN 'virtual' ELSE type END,
    name,
    tbl_name,
    sql
FROM main.sqlite_schema
WHERE sql IS NOT NULL
  AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
