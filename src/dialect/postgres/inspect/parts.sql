-- What else belongs to tables and views and is only a definition: policies, rules, extended
-- statistics. A definition lacks the two conditions of a policy, which follow.
SELECT
  p.polrelid,
  'policy',
  NULL,
  p.polname,
  format('CREATE POLICY %I ON %s', p.polname, p.polrelid::regclass)
    || CASE WHEN p.polpermissive THEN '' ELSE ' AS RESTRICTIVE' END
    || CASE p.polcmd
      WHEN 'r' THEN ' FOR SELECT'
      WHEN 'a' THEN ' FOR INSERT'
      WHEN 'w' THEN ' FOR UPDATE'
      WHEN 'd' THEN ' FOR DELETE'
      ELSE ''
    END
    || coalesce(
      (
        SELECT ' TO ' || string_agg(quote_ident(r.rolname), ', ' ORDER BY r.rolname)
        FROM pg_roles r
        WHERE r.oid = ANY (p.polroles)
      ),
      ''
    ),
  pg_get_expr(p.polqual, p.polrelid),
  pg_get_expr(p.polwithcheck, p.polrelid)
FROM pg_policy p
WHERE $1::oid[] IS NULL OR p.polrelid = ANY ($1::oid[])
UNION ALL
SELECT r.ev_class, 'rule', NULL, r.rulename, pg_get_ruledef(r.oid, true), NULL, NULL
FROM pg_rewrite r
WHERE r.oid >= 16384 AND r.rulename <> '_RETURN'
  AND ($1::oid[] IS NULL OR r.ev_class = ANY ($1::oid[]))
UNION ALL
SELECT s.stxrelid, 'statistics', n.nspname, s.stxname, pg_get_statisticsobjdef(s.oid), NULL, NULL
FROM pg_statistic_ext s
JOIN pg_namespace n ON n.oid = s.stxnamespace
WHERE $1::oid[] IS NULL OR s.stxrelid = ANY ($1::oid[])
