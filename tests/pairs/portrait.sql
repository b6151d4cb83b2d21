-- Everything in a PostgreSQL database that somebody made, a line each, in the server's own words. What extensions
-- brought is theirs. The order of columns is left out: one that is made anew comes behind the others.
WITH here AS (
    SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
), theirs AS (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
)
SELECT line FROM (
    SELECT format('schema %I', nspname) AS line FROM here
    UNION ALL
    SELECT format('extension %I %s', extname, extnamespace::regnamespace) FROM pg_extension
    UNION ALL
    SELECT format('relation %s %s %s %s %s %s %s %s', c.oid::regclass, relkind, relpersistence,
        (SELECT string_agg(it, ', ' ORDER BY it) FROM unnest(reloptions) AS it), relrowsecurity,
        relforcerowsecurity, relreplident, amname) || coalesce(' ' || pg_get_expr(relpartbound, c.oid), '')
        || coalesce(' BY ' || pg_get_partkeydef(c.oid), '')
        || coalesce(' IN ' || (SELECT string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = c.oid), '')
    FROM pg_class c JOIN here ON here.oid = relnamespace LEFT JOIN pg_am a ON a.oid = relam
    WHERE (1259, c.oid) NOT IN (TABLE theirs)
    UNION ALL
    SELECT format('column %s.%I %s %s %s %s %s %s %s %s %s', attrelid::regclass, attname,
        format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid), attidentity, attgenerated,
        nullif(attcollation, 0)::regcollation, attstorage, attcompression, attstattarget)
    FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid JOIN here ON here.oid = relnamespace
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p', 'v', 'm', 'c', 'f')
        AND (1259, c.oid) NOT IN (TABLE theirs)
    UNION ALL
    SELECT format('constraint %s %I %s %s', CASE WHEN conrelid <> 0 THEN conrelid::regclass::text ELSE contypid::regtype::text END,
        CASE contype WHEN 'n' THEN '' ELSE conname END, pg_get_constraintdef(c.oid), convalidated)
    FROM pg_constraint c JOIN here ON here.oid = connamespace
    WHERE (1259, conrelid) NOT IN (TABLE theirs)
    UNION ALL
    SELECT format('index %s %s %s', indisvalid, indisclustered, pg_get_indexdef(indexrelid))
    FROM pg_index JOIN pg_class c ON c.oid = indexrelid JOIN here ON here.oid = relnamespace
    WHERE (1259, indrelid) NOT IN (TABLE theirs)
    UNION ALL
    SELECT format('view %s %s', c.oid::regclass, regexp_replace(pg_get_viewdef(c.oid), '\s+', ' ', 'g'))
    FROM pg_class c JOIN here ON here.oid = relnamespace WHERE relkind IN ('v', 'm') AND (1259, c.oid) NOT IN (TABLE theirs)
    UNION ALL
    SELECT format('enum %s %s', enumtypid::regtype, string_agg(enumlabel, ', ' ORDER BY enumsortorder))
    FROM pg_enum GROUP BY enumtypid
    UNION ALL
    SELECT format('domain %s %s %s %s %s', t.oid::regtype, format_type(typbasetype, typtypmod), typnotnull, typdefault,
        nullif(typcollation, 0)::regcollation)
    FROM pg_type t JOIN here ON here.oid = typnamespace WHERE typtype = 'd' AND (1247, t.oid) NOT IN (TABLE theirs)
    UNION ALL
    SELECT format('range %s %s', rngtypid::regtype, rngsubtype::regtype)
    FROM pg_range JOIN pg_type t ON t.oid = rngtypid JOIN here ON here.oid = typnamespace
    UNION ALL
    SELECT format('sequence %s %s %s %s %s %s %s %s of %s', seqrelid::regclass, seqtypid::regtype, seqstart, seqincrement,
        seqmax, seqmin, seqcache, seqcycle, (SELECT format('%s.%s', refobjid::regclass, attname) FROM pg_depend
        JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
        WHERE objid = seqrelid AND deptype IN ('a', 'i') AND refobjsubid > 0))
    FROM pg_sequence
    UNION ALL
    SELECT format('trigger %s %s', tgenabled, pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL
    SELECT format('event trigger %s %s %s %s %s', evtname, evtevent, evtfoid::regproc, evtenabled, evttags) FROM pg_event_trigger
    UNION ALL
    SELECT format('policy %s.%s %s %s %s %s %s %s', schemaname, tablename, policyname, permissive, roles, cmd, qual, with_check) FROM pg_policies
    UNION ALL
    SELECT format('rule %s', pg_get_ruledef(r.oid)) FROM pg_rewrite r JOIN pg_class c ON c.oid = ev_class
        JOIN here ON here.oid = relnamespace WHERE rulename <> '_RETURN'
    UNION ALL
    SELECT format('statistics %s %s', stxname, pg_get_statisticsobjdef(s.oid)) FROM pg_statistic_ext s
    UNION ALL
    SELECT format('function %s', regexp_replace(pg_get_functiondef(p.oid), '\s+', ' ', 'g'))
    FROM pg_proc p JOIN here ON here.oid = pronamespace WHERE prokind IN ('f', 'p', 'w') AND (1255, p.oid) NOT IN (TABLE theirs)
    UNION ALL
    SELECT format('aggregate %s %s %s %s', aggfnoid::regprocedure, aggtransfn, aggtranstype::regtype, agginitval)
    FROM pg_aggregate JOIN pg_proc p ON p.oid = aggfnoid JOIN here ON here.oid = pronamespace WHERE (1255, p.oid) NOT IN (TABLE theirs)
    UNION ALL
    SELECT format('comment %s %s %s', o.type, o.identity, description)
    FROM pg_description, pg_identify_object(classoid, objoid, objsubid) AS o
    WHERE (o.schema IN (SELECT nspname FROM here) OR (o.schema IS NULL AND objoid > 16383))
        AND (classoid, objoid) NOT IN (TABLE theirs) AND o.identity !~ '^(pg_catalog|information_schema)\.'
        AND o.type NOT IN ('extension')
    UNION ALL
    SELECT format('privileges %s %s', c.oid::regclass, relacl) FROM pg_class c JOIN here ON here.oid = relnamespace WHERE relacl IS NOT NULL
    UNION ALL
    SELECT format('collation %s %s', c.oid::regcollation, colllocate) FROM (SELECT oid, collnamespace, collcollate AS colllocate FROM pg_collation) c JOIN here ON here.oid = collnamespace
) AS all_of_them
ORDER BY line
