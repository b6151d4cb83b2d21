-- Of the keys of indexes, those that are more than a column: expressions, collations that are not
-- the column's own, operator classes that are not the default.
SELECT
  i.indexrelid,
  key.number,
  CASE WHEN i.indkey[key.number - 1] = 0 THEN pg_get_indexdef(i.indexrelid, key.number, true) END,
  -- The whole index says whether a collation is the expression's own; 100 is the default one.
  CASE
    WHEN i.indkey[key.number - 1] = 0 AND l.oid IS NOT NULL THEN pg_get_indexdef(i.indexrelid, 0, true)
  END,
  ln.nspname,
  l.collname,
  CASE
    WHEN o.opcdefault AND a.attoptions IS NULL THEN NULL
    WHEN pg_opclass_is_visible(o.oid) THEN quote_ident(o.opcname)
    ELSE quote_ident(n.nspname) || '.' || quote_ident(o.opcname)
  END,
  CASE
    WHEN a.attoptions IS NOT NULL THEN (
      SELECT string_agg(
        split_part(v, '=', 1) || '=' || quote_literal(substr(v, strpos(v, '=') + 1)), ', '
      )
      FROM unnest(a.attoptions) AS v
    )
  END
FROM pg_index i
CROSS JOIN LATERAL generate_series(1, i.indnkeyatts) AS key (number)
JOIN pg_opclass o ON o.oid = i.indclass[key.number - 1]
JOIN pg_namespace n ON n.oid = o.opcnamespace
JOIN pg_attribute a ON a.attrelid = i.indexrelid AND a.attnum = key.number
LEFT JOIN pg_collation l ON l.oid = CASE
  WHEN i.indcollation[key.number - 1] = 0 THEN NULL
  WHEN i.indkey[key.number - 1] = 0 THEN nullif(i.indcollation[key.number - 1], 100)
  ELSE nullif(
    i.indcollation[key.number - 1],
    (
      SELECT t.attcollation
      FROM pg_attribute t
      WHERE t.attrelid = i.indrelid AND t.attnum = i.indkey[key.number - 1]
    )
  )
END
LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
WHERE i.indexrelid >= 16384
  AND (i.indkey[key.number - 1] = 0 OR l.oid IS NOT NULL OR NOT o.opcdefault OR a.attoptions IS NOT NULL)
  AND ($1::oid[] IS NULL OR i.indrelid = ANY ($1::oid[]))
