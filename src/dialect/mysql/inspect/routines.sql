-- Functions, procedures, and packages.
SELECT
  lower(routine_type), routine_schema, routine_name, NULL, routine_definition, routine_body,
  is_deterministic, sql_data_access, security_type, routine_comment, NULL, NULL, NULL
FROM information_schema.routines
WHERE {where}
