-- The checks of some tables.
SELECT 'clause', constraint_schema, NULL, constraint_name, NULL, check_clause, NULL, NULL, NULL
FROM information_schema.check_constraints
WHERE (constraint_schema, constraint_name) IN (
  SELECT constraint_schema, constraint_name
  FROM information_schema.table_constraints
  WHERE constraint_type = 'CHECK' AND ({where})
)
