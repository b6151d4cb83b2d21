-- The checks of tables and of columns; all are checked.
SELECT 'check', constraint_schema, table_name, constraint_name, NULL, check_clause, 'YES', level, NULL
FROM information_schema.check_constraints
WHERE {where}
