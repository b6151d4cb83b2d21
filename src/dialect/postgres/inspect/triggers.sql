-- Triggers, less those that are behind constraints and those that a partition has from its table.
SELECT t.tgrelid, 'trigger', NULL, t.tgname, pg_get_triggerdef(t.oid, true), NULL, NULL
FROM pg_trigger t
WHERE t.oid >= 16384 AND NOT t.tgisinternal AND {own}
  AND ($1::oid[] IS NULL OR t.tgrelid = ANY ($1::oid[]))
  AND NOT EXISTS (
    SELECT FROM pg_depend e
    WHERE e.classid = 'pg_trigger'::regclass AND e.objid = t.oid AND e.deptype = 'e'
  )
