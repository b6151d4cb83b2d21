-- Enum types with their values in order.
SELECT 'enum', n.nspname, t.typname, NULL, json_agg(v.enumlabel ORDER BY v.enumsortorder)::text
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN pg_enum v ON v.enumtypid = t.oid
WHERE t.typtype = 'e' AND t.oid >= 16384
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (
    SELECT FROM pg_depend e
    WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid AND e.deptype = 'e'
  )
GROUP BY n.nspname, t.typname
