-- The indexes of tables, a row for each key, with those behind primary keys and unique constraints.
SELECT
  table_schema,
  table_name,
  index_name,
  seq_in_index,
  non_unique,
  column_name,
  collation,
  sub_part,
  index_type,
  index_comment,
  {hidden},
  {expression}
FROM information_schema.statistics
WHERE {where}
