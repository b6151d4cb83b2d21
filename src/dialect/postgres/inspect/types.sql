-- The names of types that columns have, with their modifiers; of an enum, or an array of it, also
-- the enum's.
SELECT u.id, u.modifier, format_type(u.id, u.modifier), n.nspname, e.typname
FROM unnest($1::oid[], $2::integer[]) AS u (id, modifier)
LEFT JOIN pg_type e ON e.typtype = 'e' AND u.id IN (e.oid, e.typarray)
LEFT JOIN pg_namespace n ON n.oid = e.typnamespace
