ALTER TABLE "t"
    DROP COLUMN "gone",
    ALTER COLUMN "b" DROP DEFAULT,
    ALTER COLUMN "b" TYPE boolean USING "b" <> 0,
    ALTER COLUMN "b" SET NOT NULL,
    ALTER COLUMN "b" SET DEFAULT true;
COMMENT ON COLUMN "t"."b" IS 'new';
ALTER TABLE "t"
    DROP CONSTRAINT "odd",
    ALTER COLUMN "e" TYPE varchar(4),
    ADD CONSTRAINT "t_e_enum" CHECK ("e" IN ('x', 'y', 'long'));
ALTER TABLE "t"
    ADD COLUMN "n" integer NOT NULL,
    ADD CONSTRAINT "c" CHECK (n > 0);
COMMENT ON TABLE "t" IS NULL;
ALTER TABLE "t"
    SET (b=3, c=4),
    RESET (a);
ALTER TABLE "t" RENAME COLUMN "n" TO "m";
CREATE TEMPORARY TABLE _limbeck_kept AS
WITH views AS (VALUES ('"w"'::regclass), ('"v"'::regclass))
SELECT row_number() OVER () AS place, sql FROM (
    SELECT format('ALTER TABLE %s OWNER TO %I', c.oid::regclass, pg_get_userbyid(c.relowner)) AS sql
    FROM pg_class c WHERE c.oid IN (TABLE views) AND c.relowner <> (SELECT oid FROM pg_roles WHERE rolname = current_user)
    UNION ALL
    SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid IN (TABLE views)
    UNION ALL
    SELECT format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT %s', adrelid::regclass, attname, pg_get_expr(adbin, adrelid))
    FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum WHERE adrelid IN (TABLE views)
    UNION ALL
    SELECT format('COMMENT ON %s %s IS %L', CASE relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END, oid::regclass, description)
    FROM pg_class, obj_description(oid, 'pg_class') AS description WHERE oid IN (TABLE views) AND description IS NOT NULL
    UNION ALL
    SELECT format('COMMENT ON COLUMN %s.%I IS %L', attrelid::regclass, attname, description)
    FROM pg_attribute, col_description(attrelid, attnum) AS description WHERE attrelid IN (TABLE views) AND description IS NOT NULL
    UNION ALL
    SELECT format('REVOKE ALL ON %s FROM PUBLIC, %s', oid::regclass, quote_ident(pg_get_userbyid(relowner)))
    FROM pg_class WHERE oid IN (TABLE views) AND relacl IS NOT NULL
    UNION ALL
    SELECT format('GRANT %s%s ON %s TO %s%s', privilege_type, attribute, relation::regclass,
        CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END,
        CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
    FROM (
        SELECT oid AS relation, '' AS attribute, relacl AS acl FROM pg_class WHERE oid IN (TABLE views)
        UNION ALL
        SELECT attrelid, format(' (%I)', attname), attacl FROM pg_attribute WHERE attrelid IN (TABLE views)
    ) AS granted, aclexplode(acl)
    UNION ALL
    SELECT format('REFRESH MATERIALIZED VIEW %s WITH NO DATA', oid::regclass)
    FROM pg_class WHERE oid IN (TABLE views) AND relkind = 'm' AND NOT relispopulated
) AS kept;
DROP VIEW "v";
DROP VIEW "w";
ALTER TABLE "t"
    DROP COLUMN "g",
    ALTER COLUMN "a" TYPE varchar(9),
    ADD COLUMN "g" text GENERATED ALWAYS AS (upper(a)) STORED,
    ADD CONSTRAINT "uq" UNIQUE ("g");
CREATE VIEW "w" AS
SELECT t.a FROM t;
CREATE VIEW "v" AS
SELECT a FROM w;
DO $limbeck$
DECLARE
    it text;
BEGIN
    FOR it IN SELECT sql FROM pg_temp._limbeck_kept ORDER BY place LOOP
        BEGIN
            EXECUTE it;
        EXCEPTION WHEN undefined_column THEN
            NULL;
        END;
    END LOOP;
END
$limbeck$;
DROP TABLE pg_temp._limbeck_kept;
