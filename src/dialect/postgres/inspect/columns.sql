-- The columns of tables, also those that a table has from others: constraints may name them.
WITH comments AS MATERIALIZED (
  SELECT objoid, objsubid, description
  FROM pg_description
  WHERE classoid = 'pg_class'::regclass AND objsubid > 0
    AND ($1::oid[] IS NULL OR objoid = ANY ($1::oid[]))
)
SELECT
  a.attrelid,
  a.attnum,
  a.attname,
  a.attislocal,
  a.attnotnull,
  a.atttypid,
  a.atttypmod,
  CASE
    WHEN a.atthasdef THEN (
      -- Only what is generated speaks of columns; without a table the server need not open it.
      SELECT pg_get_expr(d.adbin, CASE WHEN a.attgenerated <> '' THEN d.adrelid ELSE 0 END)
      FROM pg_attrdef d
      WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum
    )
  END,
  nullif(a.attidentity, ''),
  nullif(a.attgenerated, ''),
  CASE
    WHEN a.attcollation <> t.typcollation THEN (
      SELECT json_build_array(json_build_array(n.nspname, l.collname))
      FROM pg_collation l
      JOIN pg_namespace n ON n.oid = l.collnamespace
      WHERE l.oid = a.attcollation
    )
  END,
  m.description,
  CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END,
  {compression},
  nullif(a.attstattarget, -1)
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN comments m ON m.objoid = a.attrelid AND m.objsubid = a.attnum
WHERE a.attrelid >= 16384 AND a.attnum > 0 AND NOT a.attisdropped
  AND ($1::oid[] IS NULL OR a.attrelid = ANY ($1::oid[]))
