-- Events.
SELECT
  'event', event_schema, event_name, NULL, event_definition, execute_at, interval_value,
  interval_field, starts, ends, on_completion, status, event_comment
FROM information_schema.events
WHERE {where}
