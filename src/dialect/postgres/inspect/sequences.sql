-- Sequences, with the column that owns each: 'i' is an identity, 'a' another column.
SELECT
  n.nspname,
  c.relname,
  s.seqrelid::regclass,
  format_type(s.seqtypid, NULL),
  s.seqstart,
  s.seqincrement,
  s.seqmin,
  s.seqmax,
  s.seqcache,
  s.seqcycle,
  d.refobjid,
  d.refobjsubid,
  d.deptype
FROM pg_sequence s
JOIN pg_class c ON c.oid = s.seqrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_depend d
  ON d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.objsubid = 0
  AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
WHERE n.nspname !~ '^pg_'
  AND ($1::oid[] IS NULL OR d.refobjid = ANY ($1::oid[]))
  AND NOT EXISTS (
    SELECT FROM pg_depend e
    WHERE e.classid = 'pg_class'::regclass AND e.objid = s.seqrelid AND e.deptype = 'e'
  )
