-- The constraints of tables, less those that a table has from others.
SELECT
  k.conrelid,
  k.contype,
  k.conname,
  k.conkey,
  k.condeferrable,
  k.condeferred,
  k.convalidated,
  k.connoinherit,
  fn.nspname,
  f.relname,
  k.confrelid,
  k.confkey,
  -- The columns of a table that is not among those that are asked for are not known otherwise.
  CASE
    WHEN k.contype = 'f' AND NOT k.confrelid = ANY ($1::oid[]) THEN (
      SELECT json_agg(a.attname ORDER BY u.place)
      FROM unnest(k.confkey) WITH ORDINALITY AS u (number, place)
      JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number
    )
  END,
  k.confupdtype,
  k.confdeltype,
  k.confmatchtype,
  {confdelsetcols},
  CASE WHEN k.contype = 'c' THEN pg_get_expr(k.conbin, k.conrelid) END,
  CASE WHEN {special} THEN pg_get_constraintdef(k.oid, true) END,
  i.indkey,
  i.indnkeyatts,
  {indnullsnotdistinct},
  CASE
    WHEN ic.reloptions IS NOT NULL
      THEN (SELECT string_agg(o, ', ' ORDER BY o) FROM unnest(ic.reloptions) AS o)
  END,
  s.spcname
FROM pg_constraint k
LEFT JOIN pg_class f ON k.contype = 'f' AND f.oid = k.confrelid
LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
LEFT JOIN pg_index i ON k.contype IN ('p', 'u') AND i.indexrelid = k.conindid
LEFT JOIN pg_class ic ON ic.oid = i.indexrelid
LEFT JOIN pg_tablespace s ON s.oid = ic.reltablespace
WHERE k.conrelid >= 16384 AND k.contype IN ('p', 'u', 'f', 'c', 'x')
  AND k.conislocal AND k.conparentid = 0
  AND ($1::oid[] IS NULL OR k.conrelid = ANY ($1::oid[]))
