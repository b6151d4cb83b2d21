-- Everything in a PostgreSQL database that somebody made, a line each, in the server's own words. The order of columns
-- is left out: a computed column that is made anew comes behind the others.
WITH here AS (
    SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
)
SELECT line FROM (
    SELECT format('schema %I', nspname) AS line FROM here
    UNION ALL
    SELECT format('relation %s %s %s %s %s %s %s', c.oid::regclass, relkind, relpersistence,
        (SELECT string_agg(it, ', ' ORDER BY it) FROM unnest(reloptions) AS it), relrowsecurity,
        relforcerowsecurity, obj_description(c.oid, 'pg_class')) || coalesce(' ' || pg_get_expr(relpartbound, c.oid), '')
    FROM pg_class c JOIN here ON here.oid = relnamespace WHERE relkind <> 'i'
    UNION ALL
    SELECT format('column %s.%I %s %s %s %s %s %s %s %s %s %s', attrelid::regclass, attname,
        format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid), attidentity, attgenerated,
        nullif(attcollation, 0)::regcollation, attstorage, attcompression, attstattarget, col_description(attrelid, attnum))
    FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid JOIN here ON here.oid = relnamespace
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p', 'v', 'm')
    UNION ALL
    SELECT format('constraint %s %I %s', conrelid::regclass, conname, pg_get_constraintdef(c.oid))
    FROM pg_constraint c JOIN here ON here.oid = connamespace
    UNION ALL
    SELECT format('index %s %s %s', indisvalid, pg_get_indexdef(indexrelid), obj_description(indexrelid, 'pg_class'))
    FROM pg_index JOIN pg_class c ON c.oid = indexrelid JOIN here ON here.oid = relnamespace
    UNION ALL
    SELECT format('view %s %s', c.oid::regclass, regexp_replace(pg_get_viewdef(c.oid), '\s+', ' ', 'g'))
    FROM pg_class c JOIN here ON here.oid = relnamespace WHERE relkind IN ('v', 'm')
    UNION ALL
    SELECT format('enum %s %s', enumtypid::regtype, string_agg(enumlabel, ', ' ORDER BY enumsortorder))
    FROM pg_enum GROUP BY enumtypid
    UNION ALL
    SELECT format('domain %s %s', t.oid::regtype, format_type(typbasetype, typtypmod))
    FROM pg_type t JOIN here ON here.oid = typnamespace WHERE typtype = 'd'
    UNION ALL
    SELECT format('sequence %s %s %s %s %s %s %s %s of %s', seqrelid::regclass, seqtypid::regtype, seqstart, seqincrement,
        seqmax, seqmin, seqcache, seqcycle, (SELECT format('%s.%s', refobjid::regclass, refobjsubid) FROM pg_depend
        WHERE objid = seqrelid AND deptype IN ('a', 'i') AND refobjsubid > 0))
    FROM pg_sequence
    UNION ALL
    SELECT format('trigger %s', pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL
    SELECT format('policy %s %s %s %s %s', tablename, policyname, cmd, qual, with_check) FROM pg_policies
    UNION ALL
    SELECT format('function %s', regexp_replace(pg_get_functiondef(p.oid), '\s+', ' ', 'g'))
    FROM pg_proc p JOIN here ON here.oid = pronamespace WHERE prokind IN ('f', 'p')
) AS all_of_them
ORDER BY line
