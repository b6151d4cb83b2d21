ALTER TABLE "t" VALIDATE CONSTRAINT "ck";
ALTER TABLE "t" VALIDATE CONSTRAINT "fk";
ALTER TABLE "t" ADD CONSTRAINT "ck" CHECK (a > 0) NOT VALID;
ALTER TABLE "t" VALIDATE CONSTRAINT "ck";
ALTER TABLE "t" ADD CONSTRAINT "fk" FOREIGN KEY ("a") REFERENCES "p" NOT VALID;
ALTER TABLE "t" DROP CONSTRAINT "real";
-- refuses: the primary key of `a` in table `t` has no name in the scripts, and is not called `t_pkey`
SELECT 1 WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_constraint
    WHERE conrelid = '"t"'::pg_catalog.regclass AND conname = 't_pkey'
    AND ARRAY['a'] = ARRAY(SELECT attname::text FROM pg_catalog.unnest(conkey) WITH ORDINALITY AS key (number, place)
        JOIN pg_catalog.pg_attribute ON attrelid = conrelid AND attnum = number ORDER BY place)
);
ALTER TABLE "t" DROP CONSTRAINT "t_pkey";
-- refuses: the foreign key of `a` in table `t` has no name in the scripts, and is not called `t_a_fkey`
SELECT 1 WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_constraint
    WHERE conrelid = '"t"'::pg_catalog.regclass AND conname = 't_a_fkey'
    AND ARRAY['a'] = ARRAY(SELECT attname::text FROM pg_catalog.unnest(conkey) WITH ORDINALITY AS key (number, place)
        JOIN pg_catalog.pg_attribute ON attrelid = conrelid AND attnum = number ORDER BY place)
);
ALTER TABLE "t"
    DROP CONSTRAINT "t_a_fkey",
    DROP CONSTRAINT "ck",
    ADD PRIMARY KEY ("b") DEFERRABLE INITIALLY DEFERRED;
