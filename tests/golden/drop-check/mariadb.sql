-- upgrade
ALTER TABLE `user` DROP CONSTRAINT `ck_user_age`;

-- downgrade
ALTER TABLE `user` ADD CONSTRAINT `ck_user_age` CHECK (`age` >= 0);
