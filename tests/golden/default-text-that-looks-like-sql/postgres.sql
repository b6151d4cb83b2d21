-- upgrade
ALTER TABLE "user" ALTER COLUMN "word" SET DEFAULT 'it''s CURRENT_DATE';

-- downgrade
ALTER TABLE "user" ALTER COLUMN "word" SET DEFAULT 'NULL';
