-- Schemas, and extensions with the schema their objects live in.
SELECT 'schema', n.nspname, NULL, NULL, NULL
FROM pg_namespace n
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'public')
  AND NOT EXISTS (
    SELECT FROM pg_depend e
    WHERE e.classid = 'pg_namespace'::regclass AND e.objid = n.oid AND e.deptype = 'e'
  )
UNION ALL
SELECT 'extension', n.nspname, x.extname, x.extversion, NULL
FROM pg_extension x
JOIN pg_namespace n ON n.oid = x.extnamespace
WHERE x.oid >= 16384
