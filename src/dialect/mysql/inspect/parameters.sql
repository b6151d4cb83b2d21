-- The parameters of functions and procedures, and what functions return.
SELECT
  'parameter', specific_schema, specific_name, ordinal_position, dtd_identifier, lower(routine_type),
  parameter_mode, parameter_name, character_set_name, collation_name, NULL, NULL, NULL
FROM information_schema.parameters
WHERE {where}
