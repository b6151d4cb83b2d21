-- upgrade
ALTER TABLE "user" ADD CONSTRAINT "uq_user_email" UNIQUE ("email");
ALTER TABLE "post" ADD CONSTRAINT "fk_post_user_email_user" FOREIGN KEY ("user_email") REFERENCES "user" ("email");

-- downgrade
ALTER TABLE "post" DROP CONSTRAINT "fk_post_user_email_user";
ALTER TABLE "user" DROP CONSTRAINT "uq_user_email";
