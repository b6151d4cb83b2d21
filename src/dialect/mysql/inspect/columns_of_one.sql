-- The names of the columns of one table.
SELECT table_name, column_name
FROM information_schema.columns
WHERE {where}
ORDER BY ordinal_position
