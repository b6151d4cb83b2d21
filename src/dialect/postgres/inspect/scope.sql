  -- Only the named ones, and the views that depend on them.
  AND c.oid IN (
    WITH RECURSIVE chosen (oid) AS (
      SELECT named.oid
      FROM unnest($1::text[], $2::text[]) AS name (namespace, relation)
      JOIN pg_namespace own ON own.nspname = name.namespace
      JOIN pg_class named ON named.relnamespace = own.oid AND named.relname = name.relation
      UNION
      SELECT r.ev_class
      FROM chosen
      JOIN pg_depend used ON used.refclassid = 'pg_class'::regclass AND used.refobjid = chosen.oid
        AND used.classid = 'pg_rewrite'::regclass
      JOIN pg_rewrite r ON r.oid = used.objid
      JOIN pg_class v ON v.oid = r.ev_class AND v.relkind IN ('v', 'm')
    )
    SELECT oid FROM chosen
  )
