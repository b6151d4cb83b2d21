-- The tables of checks, and whether they are checked.
SELECT 'checked', constraint_schema, table_name, constraint_name, NULL, enforced, NULL, NULL, NULL
FROM information_schema.table_constraints
WHERE constraint_type = 'CHECK' AND ({where})
