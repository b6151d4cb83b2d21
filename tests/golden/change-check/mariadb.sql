-- upgrade
ALTER TABLE `user`
    DROP CONSTRAINT `ck_user_age`,
    ADD CONSTRAINT `ck_user_age` CHECK (age BETWEEN 0 AND 150);

-- downgrade
ALTER TABLE `user`
    DROP CONSTRAINT `ck_user_age`,
    ADD CONSTRAINT `ck_user_age` CHECK (`age` >= 0);
