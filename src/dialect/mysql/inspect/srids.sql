-- The reference systems of the columns of places and shapes.
SELECT g_table_schema, g_table_name, g_geometry_column, srid
FROM information_schema.geometry_columns
WHERE srid <> 0 AND ({where})
