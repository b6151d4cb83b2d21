-- upgrade
ALTER TABLE "user"
    DROP CONSTRAINT "user_role_enum",
    ALTER COLUMN "role" TYPE varchar(5),
    ADD CONSTRAINT "user_role_enum" CHECK ("role" IN ('guest', 'admin'));

-- downgrade
ALTER TABLE "user"
    DROP CONSTRAINT "user_role_enum",
    ALTER COLUMN "role" TYPE varchar(6),
    ADD CONSTRAINT "user_role_enum" CHECK ("role" IN ('guest', 'editor', 'admin'));
