-- upgrade
ALTER TABLE "order"
    ALTER COLUMN "two words" SET NOT NULL,
    ALTER COLUMN "two words" SET DEFAULT 'it''s';
ALTER TABLE "order" ADD COLUMN "group" integer;
CREATE INDEX "ix_order_group" ON "order" ("group");

-- downgrade
DROP INDEX "ix_order_group";
ALTER TABLE "order"
    DROP COLUMN "group",
    ALTER COLUMN "two words" DROP DEFAULT,
    ALTER COLUMN "two words" DROP NOT NULL;
