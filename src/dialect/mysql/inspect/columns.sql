-- The columns of tables, and of what is like one.
SELECT
  table_schema,
  table_name,
  ordinal_position,
  column_name,
  column_type,
  column_default,
  is_nullable,
  extra,
  generation_expression,
  character_set_name,
  collation_name,
  column_comment,
  {srid}
FROM information_schema.columns
WHERE {where}
