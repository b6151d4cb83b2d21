-- The checks of a database. To join them with what follows takes the server a minute for 1,000.
SELECT 'clause', constraint_schema, NULL, constraint_name, NULL, check_clause, NULL, NULL, NULL
FROM information_schema.check_constraints
WHERE {where}
