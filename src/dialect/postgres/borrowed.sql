WITH own AS (
    SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'public'
), member AS (
    SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e'
)
SELECT pg_catalog.format('DROP SCHEMA IF EXISTS %I CASCADE', nspname)
FROM pg_catalog.pg_namespace n
WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public')
    AND NOT EXISTS (
        SELECT FROM member WHERE classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND objid = n.oid
    )
UNION ALL
SELECT pg_catalog.format(
    'DROP %s IF EXISTS public.%I CASCADE',
    CASE relkind
        WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
        WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE'
    END,
    relname
)
FROM pg_catalog.pg_class c JOIN own ON own.oid = relnamespace
WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
    -- The number generator of a column goes with it.
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
            AND relkind = 'S' AND d.refobjsubid > 0 AND d.deptype IN ('i', 'a')
    )
    AND NOT EXISTS (
        SELECT FROM member WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND objid = c.oid
    )
UNION ALL
SELECT pg_catalog.format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::pg_catalog.regprocedure)
FROM pg_catalog.pg_proc p JOIN own ON own.oid = pronamespace
WHERE NOT EXISTS (
    SELECT FROM member WHERE classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND objid = p.oid
)
UNION ALL
SELECT pg_catalog.format('DROP TYPE IF EXISTS public.%I CASCADE', typname)
FROM pg_catalog.pg_type t JOIN own ON own.oid = typnamespace
WHERE (typtype IN ('e', 'd', 'r') OR typtype = 'c' AND EXISTS (
        SELECT FROM pg_catalog.pg_class c WHERE c.oid = typrelid AND relkind = 'c'
    ))
    AND NOT EXISTS (
        SELECT FROM member WHERE classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND objid = t.oid
    )
UNION ALL
SELECT pg_catalog.format('DROP EVENT TRIGGER IF EXISTS %I', evtname) FROM pg_catalog.pg_event_trigger
UNION ALL
SELECT pg_catalog.format('DROP PUBLICATION IF EXISTS %I', pubname) FROM pg_catalog.pg_publication
