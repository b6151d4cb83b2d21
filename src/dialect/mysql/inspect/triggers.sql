-- Triggers.
SELECT
  'trigger', trigger_schema, trigger_name, NULL, action_statement, event_object_table, action_timing,
  event_manipulation, NULL, NULL, NULL, NULL, NULL
FROM information_schema.triggers
WHERE {where}
