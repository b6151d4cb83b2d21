-- Which tables belong to virtual ones, and which modules this SQLite has: it knows the tables
-- of no others.
-- https://sqlite.org/pragma.html#pragma_table_list
SELECT 'shadow', name
FROM pragma_table_list
WHERE schema = 'main' AND type = 'shadow'
UNION ALL
SELECT 'module', name
FROM pragma_module_list
