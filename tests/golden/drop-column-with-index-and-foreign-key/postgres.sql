-- upgrade
ALTER TABLE "post" DROP CONSTRAINT "fk_post_user_id_user";
DROP INDEX "ix_post_user_id";
ALTER TABLE "post" DROP COLUMN "user_id";

-- downgrade
ALTER TABLE "post" ADD COLUMN "user_id" integer;
CREATE INDEX "ix_post_user_id" ON "post" ("user_id");
ALTER TABLE "post" ADD CONSTRAINT "fk_post_user_id_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE;
