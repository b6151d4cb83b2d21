-- What has rows: tables and sequences. Views have a query of their own.
SELECT table_schema, table_name, table_type, engine, table_collation, create_options, table_comment
FROM information_schema.tables
WHERE {where}
