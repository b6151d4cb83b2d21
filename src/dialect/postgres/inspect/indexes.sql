-- Indexes, less those behind constraints and those that a partition has from its table.
SELECT
  i.indrelid,
  i.indexrelid,
  n.nspname,
  c.relname,
  i.indisunique,
  i.indisvalid,
  i.indkey,
  i.indnkeyatts,
  i.indoption,
  nullif(m.amname, 'btree'),
  pg_get_expr(i.indpred, i.indrelid),
  {indnullsnotdistinct},
  CASE
    WHEN c.reloptions IS NOT NULL
      THEN (SELECT string_agg(o, ', ' ORDER BY o) FROM unnest(c.reloptions) AS o)
  END,
  s.spcname,
  d.description
FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_am m ON m.oid = c.relam
LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
LEFT JOIN pg_description d
  ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE i.indexrelid >= 16384 AND NOT c.relispartition
  AND n.nspname !~ '^pg_'
  AND NOT EXISTS (
    SELECT FROM pg_constraint k
    WHERE k.conindid = i.indexrelid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x')
  )
  AND ($1::oid[] IS NULL OR i.indrelid = ANY ($1::oid[]))
