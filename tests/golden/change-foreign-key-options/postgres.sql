-- upgrade
ALTER TABLE "post"
    DROP CONSTRAINT "fk_post_user_id_user",
    ADD CONSTRAINT "fk_post_user_id_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;

-- downgrade
ALTER TABLE "post"
    DROP CONSTRAINT "fk_post_user_id_user",
    ADD CONSTRAINT "fk_post_user_id_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id");
