-- What foreign keys do when the row that they refer to changes or goes.
SELECT 'rule', constraint_schema, table_name, constraint_name, NULL, update_rule, delete_rule, NULL, NULL
FROM information_schema.referential_constraints
WHERE {where}
