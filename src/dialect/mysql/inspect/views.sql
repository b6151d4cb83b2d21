-- Views.
SELECT
  'view', table_schema, table_name, NULL, view_definition, security_type, check_option, {algorithm},
  NULL, NULL, NULL, NULL, NULL
FROM information_schema.views
WHERE {where}
