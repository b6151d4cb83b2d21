-- What stands on its own and is only a definition: domains, composite types, ranges, event
-- triggers. What follows the name in the statement that makes each.
SELECT o.kind, n.nspname, o.name, NULL, o.definition
FROM (
  SELECT
    'pg_type'::regclass AS class,
    t.oid,
    t.typnamespace AS namespace,
    t.typname AS name,
    'domain' AS kind,
    concat(
      ' AS ',
      format_type(t.typbasetype, t.typtypmod),
      CASE WHEN t.typcollation <> b.typcollation THEN (
        SELECT format(' COLLATE %I.%I', ln.nspname, l.collname)
        FROM pg_collation l
        JOIN pg_namespace ln ON ln.oid = l.collnamespace
        WHERE l.oid = t.typcollation
      ) END,
      ' DEFAULT ' || pg_get_expr(t.typdefaultbin, 0),
      CASE WHEN t.typnotnull THEN ' NOT NULL' END,
      (
        SELECT string_agg(
          format(' CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid, true)), '' ORDER BY k.conname
        )
        FROM pg_constraint k
        WHERE k.contypid = t.oid AND k.contype = 'c'
      )
    ) AS definition
  FROM pg_type t
  JOIN pg_type b ON b.oid = t.typbasetype
  WHERE t.typtype = 'd' AND t.oid >= 16384
  UNION ALL
  SELECT
    'pg_type'::regclass,
    t.oid,
    t.typnamespace,
    t.typname,
    'type',
    concat(
      ' AS (',
      (
        SELECT string_agg(
          concat(
            quote_ident(a.attname),
            ' ',
            format_type(a.atttypid, a.atttypmod),
            CASE WHEN a.attcollation <> b.typcollation THEN (
        SELECT format(' COLLATE %I.%I', ln.nspname, l.collname)
        FROM pg_collation l
        JOIN pg_namespace ln ON ln.oid = l.collnamespace
        WHERE l.oid = a.attcollation
      ) END
          ),
          ', ' ORDER BY a.attnum
        )
        FROM pg_attribute a
        JOIN pg_type b ON b.oid = a.atttypid
        WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
      ),
      ')'
    )
  FROM pg_type t
  JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c'
  WHERE t.oid >= 16384
  UNION ALL
  SELECT
    'pg_type'::regclass,
    t.oid,
    t.typnamespace,
    t.typname,
    'type',
    concat(
      ' AS RANGE (SUBTYPE = ',
      format_type(r.rngsubtype, NULL),
      CASE WHEN NOT o.opcdefault THEN format(', SUBTYPE_OPCLASS = %I.%I', opn.nspname, o.opcname) END,
      CASE WHEN r.rngcollation <> b.typcollation THEN (
        SELECT format(', COLLATION = %I.%I', ln.nspname, l.collname)
        FROM pg_collation l
        JOIN pg_namespace ln ON ln.oid = l.collnamespace
        WHERE l.oid = r.rngcollation
      ) END,
      CASE WHEN r.rngcanonical <> 0 THEN ', CANONICAL = ' || r.rngcanonical END,
      CASE WHEN r.rngsubdiff <> 0 THEN ', SUBTYPE_DIFF = ' || r.rngsubdiff END,
      {multirange},
      ')'
    )
  FROM pg_type t
  JOIN pg_range r ON r.rngtypid = t.oid
  JOIN pg_type b ON b.oid = r.rngsubtype
  JOIN pg_opclass o ON o.oid = r.rngsubopc
  JOIN pg_namespace opn ON opn.oid = o.opcnamespace
  WHERE t.oid >= 16384
  UNION ALL
  SELECT
    'pg_event_trigger'::regclass,
    e.oid,
    NULL,
    e.evtname,
    'event trigger',
    concat(
      ' ON ',
      e.evtevent,
      (
        SELECT format(' WHEN TAG IN (%s)', string_agg(quote_literal(tag), ', '))
        FROM unnest(e.evttags) tag
        HAVING count(*) > 0
      ),
      ' EXECUTE FUNCTION ',
      e.evtfoid::regproc,
      '()'
    )
  FROM pg_event_trigger e
) o
LEFT JOIN pg_namespace n ON n.oid = o.namespace
WHERE (n.nspname IS NULL OR n.nspname !~ '^pg_' AND n.nspname <> 'information_schema')
  AND NOT EXISTS (
    SELECT FROM pg_depend e
    WHERE e.classid = o.class AND e.objid = o.oid AND e.deptype IN ('e', 'i')
  )
