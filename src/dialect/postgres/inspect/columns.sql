-- The columns of tables, also those that a table has from others: constraints may name them.
SELECT
  a.attrelid,
  a.attnum,
  a.attname,
  a.attislocal,
  a.attnotnull,
  format_type(a.atttypid, a.atttypmod),
  en.nspname,
  e.typname,
  pg_get_expr(d.adbin, d.adrelid),
  nullif(a.attidentity, ''),
  nullif(a.attgenerated, ''),
  ln.nspname,
  l.collname,
  m.description,
  CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END,
  {compression},
  nullif(a.attstattarget, -1)
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_type e
  ON e.typtype = 'e' AND e.oid = CASE WHEN t.typcategory = 'A' THEN t.typelem ELSE t.oid END
LEFT JOIN pg_namespace en ON en.oid = e.typnamespace
LEFT JOIN pg_attrdef d ON a.atthasdef AND d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_collation l ON a.attcollation <> t.typcollation AND l.oid = a.attcollation
LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
LEFT JOIN pg_description m
  ON m.classoid = 'pg_class'::regclass AND m.objoid = a.attrelid AND m.objsubid = a.attnum
WHERE a.attrelid >= 16384 AND a.attnum > 0 AND NOT a.attisdropped
  AND ($1::oid[] IS NULL OR a.attrelid = ANY ($1::oid[]))
