-- The parts of tables, and the parts of those.
SELECT
  table_schema,
  table_name,
  partition_ordinal_position,
  subpartition_ordinal_position,
  partition_name,
  subpartition_name,
  partition_method,
  subpartition_method,
  partition_expression,
  subpartition_expression,
  partition_description,
  partition_comment
FROM information_schema.partitions
WHERE partition_name IS NOT NULL AND ({where})
