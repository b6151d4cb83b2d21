-- upgrade
COMMENT ON COLUMN "user"."name" IS 'As they write it';
COMMENT ON TABLE "user" IS 'People who can sign in';

-- downgrade
COMMENT ON TABLE "user" IS NULL;
COMMENT ON COLUMN "user"."name" IS NULL;
