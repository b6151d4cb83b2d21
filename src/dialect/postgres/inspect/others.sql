-- Everything else that a database can hold and that belongs to no table.
SELECT o.kind, n.nspname, o.name, NULL, NULL
FROM (
  SELECT
    'pg_type'::regclass AS class, oid, typnamespace AS namespace, typname::text AS name,
    'type' AS kind
  FROM pg_type
  WHERE typtype IN ('b', 'p') AND typcategory <> 'A' AND oid >= 16384
  UNION ALL
  SELECT 'pg_proc'::regclass, p.oid, p.pronamespace,
    p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', 'aggregate'
  FROM pg_proc p
  WHERE p.prokind = 'a' AND p.oid >= 16384
  UNION ALL
  SELECT 'pg_operator'::regclass, r.oid, r.oprnamespace,
    r.oprname || '(' || concat_ws(', ', nullif(format_type(r.oprleft, NULL), '-'), format_type(r.oprright, NULL)) || ')',
    'operator'
  FROM pg_operator r
  WHERE r.oid >= 16384
  UNION ALL
  SELECT 'pg_opclass'::regclass, oid, opcnamespace, opcname, 'operator class' FROM pg_opclass
  UNION ALL
  SELECT 'pg_opfamily'::regclass, oid, opfnamespace, opfname, 'operator family' FROM pg_opfamily
  UNION ALL
  SELECT 'pg_collation'::regclass, oid, collnamespace, collname, 'collation' FROM pg_collation
  UNION ALL
  SELECT 'pg_conversion'::regclass, oid, connamespace, conname, 'conversion' FROM pg_conversion
  UNION ALL
  SELECT 'pg_ts_config'::regclass, oid, cfgnamespace, cfgname, 'text search configuration' FROM pg_ts_config
  UNION ALL
  SELECT 'pg_ts_dict'::regclass, oid, dictnamespace, dictname, 'text search dictionary' FROM pg_ts_dict
  UNION ALL
  SELECT 'pg_ts_parser'::regclass, oid, prsnamespace, prsname, 'text search parser' FROM pg_ts_parser
  UNION ALL
  SELECT 'pg_ts_template'::regclass, oid, tmplnamespace, tmplname, 'text search template' FROM pg_ts_template
  UNION ALL
  SELECT 'pg_cast'::regclass, oid, NULL,
    format_type(castsource, NULL) || ' as ' || format_type(casttarget, NULL), 'cast'
  FROM pg_cast
  WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_transform'::regclass, t.oid, NULL, format_type(t.trftype, NULL) || ' for ' || l.lanname, 'transform'
  FROM pg_transform t
  JOIN pg_language l ON l.oid = t.trflang
  UNION ALL
  SELECT 'pg_language'::regclass, oid, NULL, lanname, 'language' FROM pg_language
  UNION ALL
  SELECT 'pg_am'::regclass, oid, NULL, amname, 'access method' FROM pg_am
  UNION ALL
  SELECT 'pg_foreign_data_wrapper'::regclass, oid, NULL, fdwname, 'foreign data wrapper' FROM pg_foreign_data_wrapper
  UNION ALL
  SELECT 'pg_foreign_server'::regclass, oid, NULL, srvname, 'server' FROM pg_foreign_server
  UNION ALL
  SELECT 'pg_user_mapping'::regclass, umid, NULL, usename || ' on ' || srvname, 'user mapping' FROM pg_user_mappings
  UNION ALL
  SELECT 'pg_publication'::regclass, oid, NULL, pubname, 'publication' FROM pg_publication
  UNION ALL
  -- A column that takes no NULL is part of its table; what else is said of that is not.
  SELECT 'pg_constraint'::regclass, k.oid, k.connamespace, k.conname || ' on ' || c.relname, 'not null constraint'
  FROM pg_constraint k
  JOIN pg_class c ON c.oid = k.conrelid
  WHERE k.contype = 'n' AND k.conislocal
    AND (k.conname NOT LIKE '%\_not\_null%' OR NOT k.convalidated OR k.connoinherit)
  UNION ALL
  -- Not everybody may read the ids of subscriptions, which are of no schema and no extension.
  SELECT 'pg_subscription'::regclass, 16384, NULL, subname, 'subscription'
  FROM pg_subscription
  WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
) o
LEFT JOIN pg_namespace n ON n.oid = o.namespace
WHERE o.oid >= 16384
  AND (n.nspname IS NULL OR n.nspname !~ '^pg_' AND n.nspname <> 'information_schema')
  AND NOT EXISTS (
    SELECT FROM pg_depend e
    WHERE e.classid = o.class AND e.objid = o.oid AND e.deptype IN ('e', 'i')
  )
