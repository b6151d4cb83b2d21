-- What else belongs to tables and views: policies, rules, extended statistics.
SELECT p.polrelid, 'policy', p.polname
FROM pg_policy p
WHERE $1::oid[] IS NULL OR p.polrelid = ANY ($1::oid[])
UNION ALL
SELECT r.ev_class, 'rule', r.rulename
FROM pg_rewrite r
WHERE r.oid >= 16384 AND r.rulename <> '_RETURN'
  AND ($1::oid[] IS NULL OR r.ev_class = ANY ($1::oid[]))
UNION ALL
SELECT s.stxrelid, 'statistics', s.stxname
FROM pg_statistic_ext s
WHERE $1::oid[] IS NULL OR s.stxrelid = ANY ($1::oid[])
