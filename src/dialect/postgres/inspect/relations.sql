-- What has rows, or shows them: tables, partitioned and foreign ones, views.
SELECT
  c.oid,
  n.nspname,
  c.relname,
  c.relkind,
  c.relpersistence = 'u',
  CASE WHEN NOT c.relrowsecurity THEN NULL WHEN c.relforcerowsecurity THEN 'forced' ELSE 'enabled' END,
  CASE
    WHEN c.reloptions IS NOT NULL OR t.reloptions IS NOT NULL THEN (
      SELECT string_agg(o, ', ' ORDER BY o)
      FROM (SELECT unnest(c.reloptions) UNION ALL SELECT 'toast.' || unnest(t.reloptions)) options (o)
    )
  END,
  s.spcname,
  d.description,
  CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
  CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END,
  parents.names,
  CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_class t ON t.oid = c.reltoastrelid
LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
LEFT JOIN pg_description d
  ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
LEFT JOIN (
  SELECT i.inhrelid, json_agg(json_build_array(pn.nspname, p.relname) ORDER BY i.inhseqno) AS names
  FROM pg_inherits i
  JOIN pg_class p ON p.oid = i.inhparent AND p.relkind IN ('r', 'p', 'f')
  JOIN pg_namespace pn ON pn.oid = p.relnamespace
  GROUP BY i.inhrelid
) parents ON parents.inhrelid = c.oid
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm')
  AND c.oid >= 16384
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (
    SELECT FROM pg_depend e
    WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.objsubid = 0 AND e.deptype = 'e'
  )
