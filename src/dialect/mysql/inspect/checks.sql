-- The checks of tables.
SELECT 'check', t.table_schema, t.table_name, t.constraint_name, NULL, c.check_clause, t.enforced, NULL, NULL
FROM information_schema.table_constraints t
JOIN information_schema.check_constraints c
  ON c.constraint_schema = t.constraint_schema AND c.constraint_name = t.constraint_name
WHERE t.constraint_type = 'CHECK' AND ({where})
